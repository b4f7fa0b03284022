package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.finetune.AdamW;
import criticalwindows.finetune.Objectives;
import criticalwindows.finetune.Schedule;
import criticalwindows.finetune.TrainingSettings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is made small, and by what steps.
final class TrainStepOptions {
  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description = {
        "cross-entropy (of weighted tokens), saturating (the same, fading where a token has become"
            + " likelier), dpo, dpo-token (on the first token alone), or counts (of outcomes);"
            + " see docs/training.md (default: the first that takes such data)."
      })
  Optional<String> objective = Optional.empty();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often each row is learnt from (default: ${DEFAULT-VALUE}).")
  int epochs = 1;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Rows of one step (default: ${DEFAULT-VALUE}).")
  int batch = 8;

  @Option(
      names = "--rate",
      paramLabel = "X",
      defaultValue = "2e-4",
      description = "The highest learning rate (default: ${DEFAULT-VALUE}).")
  double rate = 2e-4;

  @Option(
      names = "--warm-up",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Of all steps, in which the rate rises (default: ${DEFAULT-VALUE}).")
  double warmUp = .1;

  @Option(
      names = "--end",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = {
        "Of the highest rate, which it comes down to by a cosine; 1 keeps it (default:"
            + " ${DEFAULT-VALUE})."
      })
  double end;

  @Option(
      names = "--decay",
      paramLabel = "X",
      defaultValue = "0",
      description = "AdamW's weight decay (default: ${DEFAULT-VALUE}).")
  double decay;

  @Option(
      names = "--betas",
      paramLabel = "B1,B2",
      split = ",",
      defaultValue = "0.9,0.999",
      description = "AdamW's memory of gradients and of their squares (default: ${DEFAULT-VALUE}).")
  List<Double> betas = List.of();

  @Option(
      names = "--clip",
      paramLabel = "X",
      defaultValue = "1",
      description = "The largest norm of a gradient (default: ${DEFAULT-VALUE}).")
  double clip = 1;

  @Option(
      names = "--beta",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "β of dpo and dpo-token (default: ${DEFAULT-VALUE}).")
  double beta = .1;

  @Option(
      names = "--beta-range",
      paramLabel = "LOW,HIGH",
      split = ",",
      defaultValue = "0.1,2",
      description = {
        "β of saturating, for a token without weight and for that with most (default:"
            + " ${DEFAULT-VALUE})."
      })
  List<Double> range = List.of();

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = {
        "Of the items, which are not learnt from; the loss on them is measured before, on the way"
            + " and after (default: ${DEFAULT-VALUE})."
      })
  double heldOut = .1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the order, the items held out, and the adapter (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--save-every",
      paramLabel = "N",
      defaultValue = "50",
      description = "Steps between two checkpoints (default: ${DEFAULT-VALUE}).")
  int saveEvery = 50;

  @Option(
      names = "--test-every",
      paramLabel = "N",
      description = "Steps between two measurements on held-out items (default: a tenth of all).")
  Optional<Integer> testEvery = Optional.empty();

  /// @param examples that are learnt from
  /// @throws UserError if a value is none
  TrainingSettings settings(int examples) {
    if (betas.size() != 2 || betas.stream().anyMatch(b -> !(b >= 0 && b < 1))) {
      throw new UserError("--betas " + betas, "give two numbers from 0 to below 1: 0.9,0.999");
    }
    if (!(decay >= 0) || !(clip > 0) || Double.isInfinite(decay)) {
      throw new UserError(
          "--decay " + decay + " --clip " + clip, "the first is at least 0, the second above 0");
    }
    AdamW optimiser = new AdamW(betas.getFirst(), betas.getLast(), 1e-8, decay, clip);
    TrainingSettings settings =
        new TrainingSettings(
            epochs,
            batch,
            optimiser,
            new Schedule(rate, warmUp, end),
            seed,
            saveEvery,
            testEvery.orElse(1));
    return testEvery.isPresent()
        ? settings
        : settings.testedEvery(Math.max(1, settings.steps(examples) / 10));
  }

  /// @throws UserError if a value is none
  Objectives.Numbers numbers() {
    if (range.size() != 2) {
      throw new UserError("--beta-range " + range, "give two numbers: 0.1,2");
    }
    return new Objectives.Numbers(beta, range.getFirst(), range.getLast());
  }

  /// The share of items that are held out.
  ///
  /// @throws UserError if it is none
  double share() {
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new UserError("--held-out " + heldOut, "give a share from 0 to below 1, such as 0.1");
    }
    return heldOut;
  }
}
