package criticalwindows.train;

import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;

/// The likeliest reply of a model.
final class Greedy {
  private Greedy() {}

  static String reply(Model model, Tokens asked) throws InterruptedException {
    List<Completion> found = new ArrayList<>();
    Script script = new Script(asked, List.of(Step.sample(Sampling.GREEDY, 30)), 1);
    model.run(List.of(script), (index, completion) -> found.add(completion));
    return model.vocabulary().decode(found.getFirst().samples().getFirst().tokens());
  }
}
