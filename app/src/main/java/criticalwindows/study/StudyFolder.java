package criticalwindows.study;

import criticalwindows.disk.Durable;
import criticalwindows.disk.LineFile;
import criticalwindows.error.UserError;
import criticalwindows.study.TrainingStudy.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A study on disk: `study.json`, what is computed; `cells.jsonl`, a line for each arm of each
/// repetition that has come to its end; `page.md` and the figures. Copy the folder and you have the
/// study.
public final class StudyFolder {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RECORD = "study.json";
  private static final String PAGE = "page.md";

  private final Path folder;
  private final TrainingStudy study;
  private final Size size;
  private final LineFile lines;

  private StudyFolder(Path folder, TrainingStudy study, Size size) {
    this.folder = folder;
    this.study = study;
    this.size = size;
    lines = new LineFile(folder.resolve("cells.jsonl"));
  }

  /// Makes the folder of a new study.
  ///
  /// @param computedBy what computes it, by name: versions, commit, hashes of models
  /// @throws UserError if there is something of that name, or it cannot be written
  public static StudyFolder create(
      Path folder, TrainingStudy study, Size size, Map<String, String> computedBy) {
    if (Files.exists(folder)) {
      throw new UserError(
          folder + " is there already",
          Files.exists(folder.resolve(RECORD))
              ? "go on with it: cw study --resume " + folder + ", or name a new one with --out"
              : "name a new folder with --out");
    }
    try {
      Files.createDirectories(folder);
      Durable.write(folder.resolve(RECORD), record(study, size, computedBy) + "\n");
    } catch (IOException e) {
      throw Durable.unwritable(folder, e);
    }
    return new StudyFolder(folder, study, size);
  }

  private static String record(TrainingStudy study, Size size, Map<String, String> computedBy) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("study", study.name()).put("size", word(size));
    json.set("design", json(study.design(size)));
    ObjectNode by = json.putObject("computed by");
    computedBy.forEach(by::put);
    return json.toPrettyString();
  }

  private static ObjectNode json(Design design) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    design.seeds().forEach(json.putArray("seeds")::add);
    design.arms().forEach(json.putArray("arms")::add);
    ObjectNode settings = json.putObject("settings");
    design.settings().forEach(settings::put);
    return json;
  }

  private static String word(Size size) {
    return size.name().toLowerCase(Locale.ROOT);
  }

  /// Opens the folder of a study.
  ///
  /// @param known the studies that there are
  /// @throws UserError if it is none, or of a study that is computed in another way today
  public static StudyFolder open(Path folder, List<TrainingStudy> known) {
    Path file = folder.resolve(RECORD);
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          folder + " is no folder of a study", "begin one: cw study NAME --out " + folder);
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
      TrainingStudy study = TrainingStudy.named(json.path("study").asString(""), known);
      Size size = size(json.path("size").asString(""));
      // As texts: a number that was read is of another kind than the same number that is written.
      if (!json.path("design").toString().equals(json(study.design(size)).toString())) {
        throw new UserError(
            folder + " was begun with other settings than this program has",
            "go on with the version that began it, or begin anew: cw study " + study.name());
      }
      return new StudyFolder(folder, study, size);
    } catch (IOException e) {
      throw Durable.unreadable(file, e);
    } catch (JacksonException e) {
      throw new UserError(file + " is damaged", "begin the study anew in another folder", e);
    }
  }

  private static Size size(String word) {
    for (Size each : Size.values()) {
      if (word(each).equals(word)) {
        return each;
      }
    }
    throw UserError.unknown("size", word, List.of("small", "published"));
  }

  /// The study.
  public TrainingStudy study() {
    return study;
  }

  Size size() {
    return size;
  }

  Design design() {
    return study.design(size);
  }

  Path scratch() throws IOException {
    return Files.createDirectories(folder.resolve("scratch"));
  }

  /// What has come to its end, in the order of the lines.
  ///
  /// @throws UserError if a line is damaged
  public List<StudyCell> cells() {
    List<StudyCell> cells = new ArrayList<>();
    try {
      for (String line : lines.read()) {
        cells.add(StudyCell.of(JSON.readTree(line)));
      }
      return cells;
    } catch (IOException e) {
      throw Durable.unreadable(lines.file(), e);
    } catch (JacksonException | NullPointerException e) {
      throw new UserError(
          lines.file() + " line " + (cells.size() + 1) + " is none that a study writes",
          "remove the line: its arm is computed again",
          e);
    }
  }

  /// How many cells there are when the study has come to its end.
  public int all() {
    return design().seeds().size() * design().arms().size();
  }

  /// Keeps a cell: on the disk when this returns.
  synchronized void add(StudyCell cell) {
    try {
      lines.append(cell.json() + "\n");
    } catch (IOException e) {
      throw Durable.unwritable(lines.file(), e);
    }
  }

  /// Writes the page and the figures from the cells, all of which are there.
  ///
  /// @return the finding, in a sentence or more
  public Written write() {
    Report report = study.report(size, new Results(design(), cells()));
    Path page = folder.resolve(PAGE);
    try {
      Durable.write(page, Page.of(study, report.texts()));
    } catch (IOException e) {
      throw Durable.unwritable(page, e);
    }
    report.figures().forEach(figure -> figure.write(folder));
    return new Written(report.finding(), page);
  }

  /// What was written.
  public record Written(String finding, Path page) {}
}
