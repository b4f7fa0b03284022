package criticalwindows.run;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.disk.Durable;
import criticalwindows.hash.Sha256;
import criticalwindows.localise.Prior;
import criticalwindows.outcome.OutcomeNames;
import criticalwindows.window.WindowStudy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the window model says of a run, kept beside it in `windows.json`, since it takes some ten
/// seconds for a thousand problems.
///
/// The file names a hash of all that the model was told, and of the model. Where that has changed,
/// or the file is damaged, the model is asked again and the file made anew; where it cannot be
/// written, nothing is kept.
public final class KnownWindows {
  /// Of the model and of this file: to be raised whenever the same counts give another result.
  public static final int VERSION = 2;

  private static final String FILE = "windows.json";
  private static final long MOST_BYTES = 1L << 28;

  private KnownWindows() {}

  /// The study of a run's findings.
  ///
  /// @param folder of the run
  public static WindowStudy of(Path folder, List<CotFinding> findings) {
    Path file = folder.resolve(FILE);
    String key = key(findings);
    return read(file, key)
        .orElseGet(
            () -> {
              WindowStudy study = WindowStudy.of(findings);
              if (study.faults().isEmpty()) {
                write(file, key, study);
              }
              return study;
            });
  }

  private static Optional<WindowStudy> read(Path file, String key) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
      return key.equals(node.path("key").asString(""))
          ? Optional.of(WindowsJson.study(node))
          : Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty(); // Damaged: made again.
    }
  }

  private static void write(Path file, String key, WindowStudy study) {
    try {
      Durable.write(file, JsonMapper.shared().writeValueAsString(WindowsJson.of(key, study)));
    } catch (IOException e) {
      // A run that can only be read is asked again each time.
      return;
    }
  }

  /// A hash of everything that the model is told.
  static String key(List<CotFinding> findings) {
    MessageDigest digest = Sha256.digest();
    add(digest, VERSION + " " + Prior.STANDARD);
    for (CotFinding finding : findings) {
      OutcomeNames answers = new OutcomeNames();
      add(digest, finding.problem().id() + " " + finding.length() + " " + finding.readable());
      add(digest, answers.of(finding.outcome()));
      finding.fixed().ifPresent(followed -> add(digest, "follows " + answers.of(followed)));
      add(digest, finding.consistency().toString());
      for (CotLevel level : finding.levels()) {
        add(digest, "cut " + level.cut().kept());
        level.resamples().forEach(resample -> add(digest, answers.of(resample.outcome())));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
