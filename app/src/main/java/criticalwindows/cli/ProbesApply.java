package criticalwindows.cli;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.console.Console;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.Probe;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.probing.JoinedActivations;
import criticalwindows.probing.ProbeFile;
import criticalwindows.run.ProbeCurves;
import criticalwindows.store.RunFolder;
import criticalwindows.tables.Table;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.TableFolder;
import criticalwindows.vectors.StoredActivations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw probes apply`: what a probe forecasts at the places of activations.
@Command(
    name = "apply",
    description = {
      "Writes what a probe forecasts at each place of activations: a row for each place and class."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  cw probes apply probes/study acts --parquet forecasts"})
final class ProbesApply implements Callable<Integer> {
  private static final Table FORECASTS =
      new Table(
          "forecasts",
          "A row for each place and class.",
          List.of(
              new Table.Column("id", Table.Type.TEXT, "of the text"),
              new Table.Column("group", Table.Type.TEXT, "what the text belongs to"),
              new Table.Column(
                  "kept",
                  Table.Type.WHOLE,
                  "tokens of the response up to the place; 0 at the prompt's last token"),
              new Table.Column("class", Table.Type.TEXT, "of the outcome"),
              new Table.Column(
                  "probability", Table.Type.REAL, "that the probe gives it, in [0, 1]")));

  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "The probe's folder.")
  Path folder = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "ACTIVATIONS",
      arity = "1..*",
      description = "Folders that cw activations wrote.")
  List<Path> folders = List.of();

  @Option(names = "--csv", paramLabel = "DIR", description = "A new folder with a CSV file.")
  Optional<Path> csv = Optional.empty();

  @Option(
      names = "--parquet",
      paramLabel = "DIR",
      description = "A new folder with a Parquet file.")
  Optional<Path> parquet = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "DIR",
      description = "A new folder with a JSON file, one object a line.")
  Optional<Path> json = Optional.empty();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = {
        "The run whose responses these are: the forecasts are kept in its folder, and shown beside"
            + " its curves (docs/along.md)."
      })
  Optional<Path> run = Optional.empty();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class that is kept with the run (default: the probe's first).")
  Optional<String> about = Optional.empty();

  ProbesApply(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<TableFolder.Format, Path> wanted = new EnumMap<>(TableFolder.Format.class);
    csv.ifPresent(path -> wanted.put(TableFolder.Format.CSV, path));
    parquet.ifPresent(path -> wanted.put(TableFolder.Format.PARQUET, path));
    json.ifPresent(path -> wanted.put(TableFolder.Format.JSON, path));
    if (wanted.isEmpty() && run.isEmpty()) {
      throw new UserError(
          "no format is named", "give --csv DIR, --parquet DIR or --json DIR, or --run RUN");
    }
    ProbeFile file = ProbeFile.read(folder);
    ActivationSet set =
        JoinedActivations.of(folders.stream().map(StoredActivations::open).toList());
    require(file, set);
    wanted.forEach(
        (format, path) -> {
          try (TableFolder tables = TableFolder.create(path, format, List.of(FORECASTS))) {
            write(file.probe(), set, tables);
            tables.finish().forEach(written -> console.out().println("table  " + written));
          }
        });
    run.ifPresent(to -> keep(to, file.probe(), set));
    return 0;
  }

  /// Keeps what the probe forecasts along the originals of a run.
  private void keep(Path to, FittedProbe probe, ActivationSet set) {
    String name = about.orElse(probe.classes().getFirst());
    int at = probe.classes().indexOf(name);
    if (at < 0) {
      throw UserError.unknown("class of the probe", name, probe.classes());
    }
    try (RunFolder opened = RunFolder.open(to)) {
      Set<String> items =
          opened.ledger().problems().stream().map(Problem::id).collect(Collectors.toSet());
      Map<String, List<Forecast>> byText = new LinkedHashMap<>();
      each(
          probe,
          set,
          forecast -> {
            if (items.contains(forecast.text.id())) {
              byText.computeIfAbsent(forecast.text.id(), id -> new ArrayList<>()).add(forecast);
            }
          });
      if (byText.isEmpty()) {
        throw new UserError(
            "the activations have no text of the run " + to,
            "read its responses with cw activations " + to);
      }
      String called = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      List<ProbeCurve> curves = new ArrayList<>();
      byText.forEach(
          (id, all) ->
              curves.add(
                  new ProbeCurve(
                      id,
                      called,
                      name,
                      all.stream().map(Forecast::kept).toList(),
                      all.stream().map(forecast -> forecast.shares.get(at)).toList())));
      ProbeCurves.write(opened, curves);
      console.out().println("run    " + to + ": " + curves.size() + " texts; see cw show " + to);
    }
  }

  private static void require(ProbeFile file, ActivationSet set) {
    if (!file.card().model().equals(set.model())) {
      throw new UserError(
          "the probe was fitted to "
              + file.card().model()
              + ", and these are activations of "
              + set.model(),
          "read the texts with that model, or fit a probe to this one");
    }
    if (file.probe().numbers().width() != set.width()) {
      throw new UserError(
          "the probe takes vectors of "
              + file.probe().numbers().width()
              + ", and these have "
              + set.width(),
          "give activations of the model that the probe was fitted to");
    }
  }

  private static void write(FittedProbe probe, ActivationSet set, TableFolder tables) {
    each(
        probe,
        set,
        forecast -> {
          for (int k = 0; k < forecast.shares.size(); k++) {
            tables.add(
                FORECASTS,
                List.of(
                    new Cell.Text(forecast.text.id()),
                    new Cell.Text(forecast.text.group()),
                    new Cell.Whole(forecast.kept),
                    new Cell.Text(probe.classes().get(k)),
                    new Cell.Real(forecast.shares.get(k))));
          }
        });
  }

  /// @param shares of the classes
  private record Forecast(ActivationSet.Text text, int kept, List<Double> shares) {}

  private static void each(FittedProbe probe, ActivationSet set, Consumer<Forecast> sink) {
    HookPoint hook = probe.hooks().getFirst();
    float[][] vectors = set.at(hook);
    List<Place> places = set.places();
    boolean every = probe.reads() == Probe.Reads.EVERY_TOKEN;
    Probe.Reading reading = probe.begin();
    int text = -1;
    int next = 0;
    for (int i = 0; i < vectors.length; i++) {
      Place place = places.get(i);
      if (place.kept() < 0) {
        continue;
      }
      ActivationSet.Text of = set.texts().get(place.text());
      if (place.text() != text || !every) {
        reading.trim(0);
        next = every ? 0 : place.kept();
        text = place.text();
      }
      if (place.kept() != next) {
        throw new UserError(
            "text " + of.id() + " was not read at every token from its prompt's last one",
            "a probe of kind " + probe.kind() + " needs them: cw activations … --at every:1");
      }
      next++;
      double[] shares = FittedProbe.probabilities(reading.next(vectors[i]));
      sink.accept(new Forecast(of, place.kept(), Arrays.stream(shares).boxed().toList()));
    }
  }
}
