package criticalwindows.vectors;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.disk.Durable;
import criticalwindows.disk.Uninterrupted;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A folder of activations: `activations.json` says what there is, and files hold the vectors of
/// some texts each. A file is there whole or not at all, so that it can be gone on with.
public final class ActivationsFolder {
  private static final String INDEX = "activations.json";

  private final Path folder;
  private final ExtractionPlan plan;
  private final PartFormat format;

  private ActivationsFolder(Path folder, ExtractionPlan plan) {
    this.folder = folder;
    this.plan = plan;
    format = PartFormats.named(plan.keeping().format());
  }

  /// Begins a folder, or goes on with one of the same plan.
  ///
  /// @throws UserError if it holds something else, or activations of another plan; if it cannot be
  ///   written; if the disk has too little room
  public static ActivationsFolder begin(Path folder, ExtractionPlan plan) {
    PartFormats.require(plan.keeping());
    Path index = folder.resolve(INDEX);
    ActivationsFolder made = new ActivationsFolder(folder, plan);
    try {
      if (Files.exists(index)) {
        requireSame(folder, open(folder).plan, plan);
        made.requireRoom();
        return made;
      }
      Files.createDirectories(folder);
      requireEmpty(folder);
      made.requireRoom();
      Durable.write(index, ActivationsJson.write(plan));
      return made;
    } catch (IOException e) {
      throw Durable.unwritable(folder, e);
    }
  }

  /// Opens a folder.
  ///
  /// @throws UserError if it is none
  public static ActivationsFolder open(Path folder) {
    Path index = folder.resolve(INDEX);
    if (!Files.isRegularFile(index)) {
      throw new UserError(
          "there are no activations in " + folder, "name a folder that cw activations wrote");
    }
    try {
      return new ActivationsFolder(folder, ActivationsJson.read(index, Files.readString(index)));
    } catch (IOException e) {
      throw Durable.unreadable(index, e);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new UserError(
            "the folder " + folder + " is not empty, and holds no activations",
            "name a new folder with --out");
      }
    }
  }

  private static void requireSame(Path folder, ExtractionPlan then, ExtractionPlan now) {
    ExtractionPlan.Subject before = then.subject();
    ExtractionPlan.Subject after = now.subject();
    require(folder, "the model", model(before), model(after));
    require(folder, "vectors of", before.reader(), after.reader());
    require(folder, "the layers", words(then), words(now));
    require(folder, "the places", before.places(), after.places());
    require(folder, "files in", kept(then), kept(now));
    if (then.width() != now.width()
        || !then.texts().equals(now.texts())
        || !then.parts().equals(now.parts())) {
      throw new UserError(
          "the folder " + folder + " holds activations of other texts",
          "name a new folder with --out");
    }
  }

  private static String model(ExtractionPlan.Subject subject) {
    return subject.sha256().isEmpty() ? subject.model() : subject.sha256();
  }

  private static String words(ExtractionPlan plan) {
    return String.join(", ", plan.hooks().stream().map(HookPoint::word).toList());
  }

  private static String kept(ExtractionPlan plan) {
    return plan.keeping().format() + " of " + plan.keeping().precision().word();
  }

  private static void require(Path folder, String what, String then, String now) {
    if (!then.equals(now)) {
      throw new UserError(
          "the folder " + folder + " was begun with " + what + " " + then + ", not " + now,
          "say the same as then, or name a new folder with --out");
    }
  }

  private void requireRoom() throws IOException {
    long places = plan.places();
    long missing = missing().stream().mapToLong(part -> plan.placesOf(part).size()).sum();
    long needed = Math.round((double) plan.bytes() / places * missing);
    long room = Files.getFileStore(folder.toAbsolutePath()).getUsableSpace();
    if (needed > room) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "the activations take %,d bytes, and the disk of %s has %,d",
              needed,
              folder,
              room),
          "read fewer layers or places, say --dtype f16, or name a folder on another disk");
    }
  }

  /// What it holds, or comes to hold.
  public ExtractionPlan plan() {
    return plan;
  }

  /// The parts that are not there yet.
  public List<Integer> missing() {
    return IntStream.range(0, plan.parts().size())
        .filter(part -> !Files.isRegularFile(file(part)))
        .boxed()
        .toList();
  }

  /// What its files take on the disk.
  public long bytes() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw Durable.unreadable(folder, e);
    }
  }

  /// Writes a part; out of an interrupt's reach.
  ///
  /// @param vectors of each of its places
  void write(int part, List<float[]> vectors) {
    PartFormat.Rows rows = new PartFormat.Rows(plan, plan.placesOf(part), vectors);
    Uninterrupted.run(() -> format.write(file(part), rows));
  }

  /// The vectors of a hook point in a part.
  float[][] read(int part, HookPoint hook) {
    List<Place> places = plan.placesOf(part);
    return format.read(file(part), plan, hook, places);
  }

  private Path file(int part) {
    String name = String.format(Locale.ROOT, "part-%05d.%s", part, format.name());
    return Objects.requireNonNull(folder.resolve(name));
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
