package criticalwindows.hub;

import criticalwindows.benchmark.Benchmark;
import criticalwindows.benchmark.Benchmarks;
import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.download.Hub;
import criticalwindows.error.UserError;
import criticalwindows.prompt.PromptSet;
import criticalwindows.world.Worlds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The data sets by name, and those of people's own files.
public final class Datasets {
  /// The data set to start with.
  public static final String STANDARD = Worlds.MIX;

  /// As many problems as there are.
  public static final int ALL = DatasetSource.ALL;

  /// In the provenance of questions of the world: the seed they were made by.
  public static final String SEED = WorldQuestions.SEED;

  /// In the provenance of questions of the world: the hash of their programs.
  public static final String PROGRAMS = WorldQuestions.PROGRAMS;

  private static final List<DatasetSource> SOURCES = sources();

  private Datasets() {}

  private static List<DatasetSource> sources() {
    List<DatasetSource> sources = new ArrayList<>();
    Worlds.cards().forEach(card -> sources.add(new WorldQuestions(card)));
    sources.addAll(WorldPrompts.all());
    Benchmarks.all().forEach(benchmark -> sources.add(new BenchmarkSource(benchmark)));
    return List.copyOf(sources);
  }

  /// What there is to know of every data set that has a name.
  public static List<Card> cards() {
    return SOURCES.stream().map(DatasetSource::card).toList();
  }

  /// The names that [#draw] knows.
  public static List<String> names() {
    return cards().stream().map(Card::name).toList();
  }

  /// Problems of a data set: by its name; by its name with a colon and an argument
  /// (`world:method:7` has the seed 7, whatever the run's; `mmlu:path` is read from a file or
  /// folder; so is `math:hf://datasets/owner/name/path` from there on the hub); or by the path to a
  /// file as [ProblemFile] describes it.
  ///
  /// @param count how many, at least 1; more than there are means all
  /// @param seed by which they are drawn
  /// @throws UserError if there is no such data set, if it holds no problems, or if it is not to be
  ///   had
  public static Dataset draw(String nameOrPath, int count, long seed) {
    return draw(nameOrPath, count, seed, Hub::standard);
  }

  /// As [#draw(String, int, long)], from a hub, which is made only if it is needed.
  public static Dataset draw(String nameOrPath, int count, long seed, Supplier<Hub> hub) {
    Found found = find(nameOrPath);
    return counted(found.source.draw(found.wish(count, seed, hub)), count);
  }

  /// With a note where there are fewer problems than were asked for.
  private static Dataset counted(Dataset drawn, int count) {
    int there = drawn.problems().size();
    if (count == ALL || there >= count) {
      return drawn;
    }
    List<String> notes = new ArrayList<>(drawn.notes());
    notes.add(drawn.name() + " has " + there + " problems, fewer than the " + count + " asked for");
    return new Dataset(drawn.card(), drawn.problems(), drawn.provenance(), drawn.spare(), notes);
  }

  /// What a model is asked by a data set, for people.
  ///
  /// @throws UserError as [#draw], but for a data set without problems, which has examples too
  public static Examples examples(String nameOrPath, int count, long seed, Supplier<Hub> hub) {
    Found found = find(nameOrPath);
    return found.source.examples(found.wish(count, seed, hub), PromptSet.standard());
  }

  /// What there is to know of a data set.
  ///
  /// @throws UserError if there is no such data set
  public static Card card(String nameOrPath) {
    return find(nameOrPath).source.card();
  }

  /// All there is to know of a benchmark, as Markdown.
  ///
  /// @throws UserError if there is no benchmark of that name
  public static String description(String name) {
    return Benchmarks.named(name)
        .map(Benchmark::description)
        .orElseThrow(
            () ->
                UserError.unknown(
                    "benchmark",
                    name,
                    Benchmarks.all().stream().map(each -> each.card().name()).toList()));
  }

  private record Found(DatasetSource source, String argument) {
    DatasetSource.Wish wish(int count, long seed, Supplier<Hub> hub) {
      return new DatasetSource.Wish(source.card().name(), argument, count, seed, hub);
    }
  }

  private static Found find(String nameOrPath) {
    Optional<DatasetSource> named =
        SOURCES.stream()
            .filter(source -> (nameOrPath + ":").startsWith(source.card().name() + ":"))
            .max(Comparator.comparingInt(source -> source.card().name().length()));
    if (named.isPresent()) {
      String name = named.get().card().name();
      int end = Math.min(nameOrPath.length(), name.length() + 1);
      Found found = new Found(named.get(), nameOrPath.substring(end));
      if (!found.source.takes(found.argument)) {
        throw UserError.unknown("data set", nameOrPath, names());
      }
      return found;
    }
    if (OwnFile.is(nameOrPath)) {
      return new Found(new OwnFile(Path.of(nameOrPath), names()), "");
    }
    UserError unknown = UserError.unknown("data set", nameOrPath, names());
    throw new UserError(
        String.valueOf(unknown.getMessage()),
        unknown.hint()
            + ", a path to a file of problems, or a benchmark's own file as in mmlu:FILE");
  }
}
