package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.noise.CutPlan;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What an adaptive search can be told.
final class SearchOptions {
  private static final AdaptiveSearch.Settings SEARCH = AdaptiveSearch.Settings.STANDARD;

  @Option(
      names = "--adaptive",
      description = {
        "Choose the cuts, and how many continuations at each, by what was seen so far; stop early"
            + " where there is no window. Replaces --cuts and --samples."
      })
  boolean adaptive;

  @Option(
      names = "--width",
      paramLabel = "W",
      description = {
        "The place is known when it is this near to the steepest rise, as a share of the response;"
            + " 0.001 for single tokens (default: 0.05)."
      })
  Optional<Double> width = Optional.empty();

  @Option(
      names = "--confidence",
      paramLabel = "C",
      description = "Probability that it is so near (default: 0.95).")
  Optional<Double> confidence = Optional.empty();

  @Option(
      names = "--rollouts-per-problem",
      paramLabel = "N",
      description = "The most continuations of a response (default: 120).")
  Optional<Integer> rollouts = Optional.empty();

  /// @param alone whether neither cuts nor samples are given beside it
  void check(boolean alone) {
    plan();
    if (adaptive && !alone) {
      throw new UserError(
          "--adaptive with --cuts or --samples",
          "leave those out: a search chooses both; --rollouts-per-problem bounds it");
    }
    if (!adaptive && (width.isPresent() || confidence.isPresent() || rollouts.isPresent())) {
      throw new UserError(
          "--width, --confidence or --rollouts-per-problem without --adaptive",
          "add --adaptive; a plan has --cuts and --samples");
    }
  }

  CutPlan.Search plan() {
    double wide = width.orElse(SEARCH.width());
    double sure = confidence.orElse(SEARCH.confidence());
    int most = rollouts.orElse(SEARCH.budget());
    if (!(wide > 0 && wide <= 1)) {
      throw new UserError(
          "--width " + wide, "give a share of the response in (0, 1], such as 0.05");
    }
    if (!(sure >= .5 && sure <= .99)) {
      throw new UserError("--confidence " + sure, "give a probability from 0.5 to 0.99");
    }
    if (most < 1) {
      throw new UserError("--rollouts-per-problem " + most, "give at least 1");
    }
    return new CutPlan.Search(wide, sure, most);
  }
}
