package criticalwindows.finetune;

import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a training was asked for, `train.json` in its folder: with it another process goes on.
///
/// @param arguments of the command line that began it
/// @param version of the program that began it
/// @param files what was read, the model and the data, with the SHA-256 of each
/// @param finished whether its results are written
public record TrainingRecord(
    List<String> arguments, String version, Map<String, String> files, boolean finished) {
  private static final String NAME = "train.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public TrainingRecord {
    arguments = List.copyOf(arguments);
    files = new LinkedHashMap<>(files);
  }

  /// Whether a folder is one of a training.
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }

  /// The same, with its results written.
  public TrainingRecord ended() {
    return new TrainingRecord(arguments, version, files, true);
  }

  /// The SHA-256 of files, by their names; of a folder that of each file of weights in it.
  ///
  /// @throws UserError if one cannot be read
  public static Map<String, String> hashes(List<Path> paths) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        try (InputStream in = Files.newInputStream(file)) {
          hashes.put(file.toString(), Sha256.hex(in));
        } catch (IOException e) {
          throw Durable.unreadable(file, e);
        }
      }
    }
    return hashes;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    } catch (IOException e) {
      throw Durable.unreadable(path, e);
    }
  }

  /// Writes it, in one step, into a folder that is made where it is not there.
  ///
  /// @throws UserError if the folder cannot be written
  public void write(Path folder) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    arguments.forEach(json.putArray("arguments")::add);
    json.put("version", version);
    files.forEach(json.putObject("files")::put);
    json.put("finished", finished);
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      Durable.write(file, json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }

  /// Reads that of a folder.
  ///
  /// @throws UserError if there is none, or it is damaged
  public static TrainingRecord read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!isIn(folder)) {
      throw new UserError(
          folder + " is no folder of a training", "name one that cw train --out has made");
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      List<String> arguments = new ArrayList<>();
      json.required("arguments").forEach(word -> arguments.add(word.stringValue()));
      Map<String, String> files = new LinkedHashMap<>();
      json.required("files")
          .properties()
          .forEach(entry -> files.put(entry.getKey(), entry.getValue().stringValue()));
      return new TrainingRecord(
          arguments,
          json.required("version").stringValue(),
          files,
          json.required("finished").booleanValue());
    } catch (IOException e) {
      throw Durable.unreadable(file, e);
    } catch (JacksonException e) {
      throw new UserError(file + " is damaged", "train into a new folder", e);
    }
  }

  /// Refuses files that are no longer what they were.
  ///
  /// @param now the same files with their SHA-256 as they are
  /// @throws UserError if one differs
  public void require(Map<String, String> now) {
    files.forEach(
        (file, hash) -> {
          if (!hash.equals(now.get(file))) {
            throw new UserError(
                file + " has changed since the training began",
                "put back what it was, or train into a new folder");
          }
        });
  }
}
