package criticalwindows.world;

import criticalwindows.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// A source that hashes all that programs may write, along every path: texts, wordings,
/// probabilities and answers. Programs with the same hash have the same posteriors.
final class Fingerprint implements ProgramSource {
  private final MessageDigest digest = Sha256.digest();
  private Replay replay = new Replay("");

  /// The hash of some programs in order: 16 hexadecimal digits.
  static String of(List<? extends Program> programs) {
    Fingerprint fingerprint = new Fingerprint();
    programs.forEach(fingerprint::add);
    return Sha256.name(fingerprint.digest.digest());
  }

  private void add(Program program) {
    replay = new Replay("");
    do {
      hash("answer", program.run(this));
    } while (replay.advance());
  }

  @Override
  public void write(String text) {
    hash("write", text);
    replay.write(text);
  }

  @Override
  public void surface(String... wordings) {
    hash("surface", wordings);
    replay.surface(wordings);
  }

  @Override
  public int decide(String name, List<Option> options) {
    hash("decide", name);
    for (Option option : options) {
      // A platform may differ in the last bits of a logarithm.
      hash("option", option.text(), String.valueOf(Math.round(option.probability() * 1e12)));
    }
    return replay.decide(name, options);
  }

  private void hash(String kind, String... texts) {
    digest.update(kind.getBytes(StandardCharsets.UTF_8));
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((" " + bytes.length + " ").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
  }
}
