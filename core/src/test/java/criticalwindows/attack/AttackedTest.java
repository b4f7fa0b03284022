package criticalwindows.attack;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.ToyModel;
import criticalwindows.trace.Before;
import criticalwindows.trace.Trace;
import criticalwindows.trace.Tracing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttackedTest {
  private static final Request REQUEST =
      new Request("r1", "2", Request.Kind.HARMFUL, Optional.empty(), Optional.empty(), "mine");

  @Test
  void anItemIsNamedByFamilyAndRequestAndKeepsItsFamily() throws Exception {
    Attacked attacked =
        new Attacked(
            REQUEST, "prefill", List.of(Message.user("2")), Optional.of("1"), Map.of("k", "1"));
    Trace trace = attacked.trace("line 1");
    assertThat(trace.before())
        .isEqualTo(new Before.Turns(List.of(Message.user("2"), Message.assistant("1"))));
    try (Model model = ToyModel.orderedDecisions()) {
      Problem item = Tracing.of(model, List.of(trace), "mine").items().getFirst();
      assertThat(item.id()).isEqualTo("prefill/r1");
      assertThat(item.task()).isEqualTo("prefill");
      assertThat(item.given().orElseThrow().response()).isEmpty();
    }
  }
}
