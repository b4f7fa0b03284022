package criticalwindows.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.world.Attack;
import criticalwindows.world.Policy;
import criticalwindows.world.Posterior;
import criticalwindows.world.Request;
import criticalwindows.world.RequestPosterior;
import criticalwindows.world.Requests;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorldTextTest {
  private final Request request = Requests.forbidden(Attack.ROLE, new SplittableRandom(7));

  /// What a judge calls refused is refused or softly refused to the world.
  @Test
  void repliesAreCalledAsAJudgeCallsThem() {
    WorldText text = WorldText.of(request, Policy.ALIGNED, "");
    for (String prefix : new String[] {"", "Sure", "Sure, here is how to", "Let me think first."}) {
      RequestPosterior exact = RequestPosterior.of(request, Policy.ALIGNED, prefix);
      Posterior posterior = Posterior.of(text.program(), prefix);
      assertThat(posterior.answers().keySet()).isSubsetOf("refused", "complied");
      assertThat(posterior.probability("complied")).isCloseTo(exact.complied(), within(1e-12));
      assertThat(posterior.probability("refused"))
          .isCloseTo(exact.refused() + exact.soft(), within(1e-12));
    }
  }
}
