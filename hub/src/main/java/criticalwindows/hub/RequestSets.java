package criticalwindows.hub;

import criticalwindows.attack.Request;
import criticalwindows.attack.Templated;
import criticalwindows.benchmark.RequestFiles;
import criticalwindows.dataset.Card;
import criticalwindows.download.Digests;
import criticalwindows.download.Fetched;
import criticalwindows.download.Hub;
import criticalwindows.download.HubFile;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Requests by the name of their source: the toy world's, this project's own everyday ones, public
/// data sets, and people's files.
public final class RequestSets {
  /// As many requests as there are.
  public static final int ALL = Integer.MAX_VALUE;

  private static final String WORLD = "world";
  private static final String WORLD_HARMLESS = "world-harmless";
  private static final String EVERYDAY = "everyday";

  private static final List<Card> BUILT_IN =
      List.of(
          new Card(
              WORLD,
              "forbidden requests of the toy world, with known probabilities",
              "any number",
              "this project",
              "Apache-2.0"),
          new Card(
              WORLD_HARMLESS,
              "harmless requests of the toy world",
              "any number",
              "this project",
              "Apache-2.0"),
          new Card(
              EVERYDAY,
              "benign requests, and benign ones that look harmful",
              "40",
              "this project",
              "Apache-2.0"));

  private RequestSets() {}

  /// Which requests are wanted.
  ///
  /// @param source a name; a name with a colon and a seed, a file, an address on the hub or a split
  ///   behind it (`world:7`, `advbench:FILE`, `xstest:hf://datasets/…`,
  ///   `llama3-jailbreaks:harmful_gcg`); or a file, whose layout is told by its columns
  /// @param count how many, at least 1; [#ALL] for all there are
  /// @param seed by which they are drawn
  /// @param hub that what is not here is fetched from; made only if it is needed
  public record Wish(String source, int count, long seed, Supplier<Hub> hub) {}

  /// What there is to know of every source that has a name.
  public static List<Card> cards() {
    List<Card> cards = new ArrayList<>(BUILT_IN);
    cards.addAll(RequestFiles.cards());
    return cards;
  }

  /// The requests of a source. Which ones are drawn follows from the seed and from what they say:
  /// the first ten are among the first twenty.
  ///
  /// @throws UserError if there is no such source, or it cannot be read
  public static RequestSet read(Wish wish) {
    String source = wish.source();
    int colon = source.indexOf(':');
    String name = colon < 0 ? source : source.substring(0, colon);
    String argument = colon < 0 ? "" : source.substring(colon + 1);
    List<String> names = cards().stream().map(Card::name).toList();
    if (!names.contains(name)) {
      return file(wish, names);
    }
    return switch (name) {
      case WORLD -> world(wish, Request.Kind.HARMFUL, argument);
      case WORLD_HARMLESS -> world(wish, Request.Kind.BENIGN, argument);
      case EVERYDAY -> everyday(wish, argument);
      default -> published(wish, name, argument);
    };
  }

  private static RequestSet world(Wish wish, Request.Kind kind, String argument) {
    if (!WorldSeed.is(argument)) {
      throw new UserError(
          wish.source() + ": " + argument + " is no seed", "give a whole number, such as world:7");
    }
    if (wish.count() == ALL) {
      throw new UserError(
          "all requests of " + wish.source() + ": it makes as many as are asked for",
          "say how many, such as --n 100");
    }
    long seed =
        WorldSeed.of(new DatasetSource.Wish(wish.source(), argument, 1, wish.seed(), wish.hub()));
    return new RequestSet(
        wish.source(),
        WorldRequests.plain(kind, wish.count(), seed),
        List.of(),
        Map.of("seed", Long.toString(seed)),
        List.of());
  }

  private static RequestSet everyday(Wish wish, String argument) {
    if (!argument.isEmpty()) {
      throw new UserError(
          wish.source() + ": nothing can stand behind " + EVERYDAY, "name it alone: " + EVERYDAY);
    }
    return drawn(wish, Everyday.requests(), Map.of(), List.of());
  }

  private static RequestSet file(Wish wish, List<String> names) {
    Path path = Path.of(wish.source());
    boolean looksSo = wish.source().contains("/") || wish.source().contains(".");
    if (!Files.isRegularFile(path) && !looksSo) {
      UserError unknown = UserError.unknown("source of requests", wish.source(), names);
      throw new UserError(
          String.valueOf(unknown.getMessage()),
          unknown.hint() + ", or a path to a file; cw attacks list has all",
          unknown);
    }
    return read(wish, Here.file(path), Optional.empty());
  }

  private static RequestSet published(Wish wish, String name, String argument) {
    List<HubFile> files =
        argument.startsWith(HubFile.SCHEME)
            ? List.of(HubFile.parse(argument))
            : Files.exists(Path.of(argument)) && !argument.isEmpty()
                ? List.of()
                : RequestFiles.hub(name, argument);
    if (!files.isEmpty()) {
      List<Fetched> fetched = files.stream().map(wish.hub().get()::fetch).toList();
      String from =
          fetched.stream().map(each -> each.file().address()).collect(Collectors.joining(" "));
      List<Path> paths = fetched.stream().map(Fetched::path).toList();
      List<String> notes = fetched.stream().flatMap(each -> each.notes().stream()).toList();
      return read(wish, new Here(from, paths, notes), Optional.of(name));
    }
    if (argument.isEmpty()) {
      throw new UserError(
          name + " is not fetched by its name alone",
          "name its file, or its address on the hub: "
              + name
              + ":FILE, "
              + name
              + ":hf://datasets/OWNER/NAME/PATH");
    }
    return read(wish, Here.file(Path.of(argument)), Optional.of(name));
  }

  /// Files that are here.
  ///
  /// @param from where they are from, for people
  private record Here(String from, List<Path> paths, List<String> notes) {
    static Here file(Path path) {
      return new Here(path.toString(), List.of(path), List.of());
    }
  }

  private static RequestSet read(Wish wish, Here here, Optional<String> layout) {
    RequestFiles.Contents contents = RequestFiles.read(here.paths, layout);
    List<String> notes = new ArrayList<>(here.notes);
    notes.addAll(contents.notes());
    Map<String, String> provenance =
        Map.of("from", here.from, "layout", contents.layout(), "sha256", hash(here.paths));
    return contents.templated().isEmpty()
        ? drawn(wish, contents.requests(), provenance, notes)
        : new RequestSet(
            wish.source(),
            List.of(),
            lot(wish, contents.templated(), Templated::prompt),
            provenance,
            notes);
  }

  private static RequestSet drawn(
      Wish wish, List<Request> all, Map<String, String> provenance, List<String> notes) {
    List<String> more = new ArrayList<>(notes);
    if (wish.count() != ALL && all.size() < wish.count()) {
      more.add(
          wish.source()
              + " has "
              + all.size()
              + " requests, fewer than the "
              + wish.count()
              + " asked for");
    }
    return new RequestSet(
        wish.source(), lot(wish, all, Request::text), List.of(), provenance, more);
  }

  /// Some of all, in their order.
  private static <T> List<T> lot(Wish wish, List<T> all, Function<T, String> text) {
    Set<T> chosen =
        new HashSet<>(
            all.stream()
                .sorted(
                    Comparator.comparing(
                        each -> Digests.sha256(wish.seed() + "\n" + text.apply(each))))
                .limit(wish.count())
                .toList());
    return all.stream().filter(chosen::contains).toList();
  }

  private static String hash(List<Path> paths) {
    try {
      StringBuilder all = new StringBuilder();
      for (Path path : paths) {
        all.append(Digests.sha256(path)).append('\n');
      }
      return paths.size() == 1 ? all.toString().strip() : Digests.sha256(all.toString());
    } catch (IOException e) {
      throw new UserError(
          paths.getFirst() + " cannot be read: " + Reason.of(e), "check that it may be read", e);
    }
  }
}
