package criticalwindows.model;

import criticalwindows.contract.EveryEngine;
import criticalwindows.contract.ModelContract;
import org.junit.jupiter.api.Test;

/// The exact model keeps the contract of every backend.
class ToyModelContractTest implements EveryEngine {
  private final Model model = ToyModel.orderedDecisions();
  private final ModelContract.Subject subject = subject(model);

  private static ModelContract.Subject subject(Model model) {
    return new ModelContract.Subject(model, model.vocabulary().encode("?"));
  }

  @Override
  public ModelContract.Subject subject() {
    return subject;
  }

  @Override
  @Test
  public void refusesBadScriptsFirst() {
    ModelContract.refusesBadScriptsFirst(new ModelContract.Subject(model, Tokens.of(63)));
  }
}
