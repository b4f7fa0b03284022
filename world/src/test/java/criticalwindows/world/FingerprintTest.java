package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void theSameProgramsHaveTheSameHash() {
    assertThat(Worlds.read("world", 10, 7).hash())
        .hasSize(16)
        .isEqualTo(Worlds.read("world", 10, 7).hash())
        .isNotEqualTo(Worlds.read("world", 10, 8).hash())
        .isNotEqualTo(Worlds.read("world", 11, 7).hash());
  }

  @Test
  void everyProbsTextWordingAndAnswerCounts() {
    Program program = program(.3, " tea", " Well,", "1");
    assertThat(
            List.of(
                hash(program),
                hash(program(.31, " tea", " Well,", "1")),
                hash(program(.3, " teas", " Well,", "1")),
                hash(program(.3, " tea", " So,", "1")),
                hash(program(.3, " tea", " Well,", "2"))))
        .doesNotHaveDuplicates();
    assertThat(hash(program)).isEqualTo(hash(program(.3, " tea", " Well,", "1")));
  }

  /// What is written only on the rarer way counts too.
  private static Program program(double probs, String text, String wording, String answer) {
    return source -> {
      if (source.decide("rare", new Option(1 - probs, ""), new Option(probs, " Yes")) == 0) {
        return "0";
      }
      source.surface(" Oh,", wording);
      source.write(text);
      return answer;
    };
  }

  private static String hash(Program program) {
    return Fingerprint.of(List.of(program));
  }
}
