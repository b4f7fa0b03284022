package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.HubFile;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A public benchmark.
public final class Benchmark {
  private static final int DEEPEST = 6;

  private final Card card;
  private final List<HubFile> hub;
  private final Pattern files;
  private final Layout layout;

  /// @param hub the files of its standard split on the hub
  /// @param files finds the names of that split's files in a folder, the folder's own name included
  Benchmark(Card card, List<HubFile> hub, String files, Layout layout) {
    this.card = card;
    this.hub = List.copyOf(hub);
    this.files = Pattern.compile(files, Pattern.CASE_INSENSITIVE);
    this.layout = layout;
  }

  /// What its files hold.
  ///
  /// @param problems each once, in the order of the files
  /// @param unreadable for each record that is no problem its place and why, for people
  /// @param repeated how many records are an earlier problem again
  public record Contents(List<Problem> problems, List<String> unreadable, int repeated) {
    public Contents {
      problems = List.copyOf(problems);
      unreadable = List.copyOf(unreadable);
    }
  }

  /// What there is to know of it, in a line.
  public Card card() {
    return card;
  }

  /// What there is to know of it, as Markdown: paper, licence, split, layouts, how the text of a
  /// problem is put together, what that was checked against.
  public String description() {
    String name = card.name() + ".md";
    try (InputStream in = Objects.requireNonNull(Benchmark.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from this program's jar", e);
    }
  }

  /// The files of its standard split on the hub.
  public List<HubFile> hub() {
    return hub;
  }

  /// A file itself, or those of a folder and the folders in it that belong to the standard split.
  ///
  /// @throws UserError if there is nothing there, or nothing of this benchmark
  public List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    Path base = place.toAbsolutePath().normalize().getParent();
    Path root = base == null ? place : base;
    try (Stream<Path> all = Files.walk(place, DEEPEST)) {
      List<Path> found =
          all.filter(file -> Files.isRegularFile(file) && Rows.readable(file))
              .filter(file -> isOurs(root.relativize(file.toAbsolutePath().normalize())))
              .sorted()
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException e) {
      throw new UserError(place + " cannot be read: " + Reason.of(e), "check the path", e);
    }
    throw new UserError(
        "no file in " + place + " has a name of " + card.name() + "'s (" + files + ")",
        "name the file itself: " + card.name() + ":FILE");
  }

  private boolean isOurs(Path file) {
    return files.matcher(file.toString().replace('\\', '/')).find();
  }

  /// The problems of files.
  ///
  /// @throws UserError if a file cannot be read, or they hold no problem of this benchmark
  public Contents read(List<Path> paths) {
    Map<String, Problem> problems = new LinkedHashMap<>();
    List<String> unreadable = new ArrayList<>();
    List<Row> rows = paths.stream().flatMap(path -> Rows.of(path).stream()).toList();
    for (Row row : rows) {
      try {
        Problem problem = problem(row);
        problems.putIfAbsent(problem.id(), problem);
      } catch (NotAProblem e) {
        unreadable.add(row.place() + ": the record " + e.getMessage());
      }
    }
    requireSome(paths, problems.size(), unreadable);
    int repeated = rows.size() - problems.size() - unreadable.size();
    return new Contents(List.copyOf(problems.values()), unreadable, repeated);
  }

  private Problem problem(Row row) throws NotAProblem {
    if (row instanceof Row.Broken broken) {
      throw new NotAProblem(broken.why());
    }
    return layout.read(row);
  }

  private void requireSome(List<Path> paths, int problems, List<String> unreadable) {
    if (problems > 0) {
      return;
    }
    String what =
        unreadable.isEmpty()
            ? paths.getFirst() + " is empty"
            : "none of "
                + unreadable.size()
                + " records is one of "
                + card.name()
                + "; "
                + unreadable.getFirst();
    throw new UserError(what, "its layouts are in: cw datasets card " + card.name());
  }
}
