package criticalwindows.cli;

import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.ThinkMarkers;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where responses are cut, and how they are sampled.
final class CutOptions {
  /// Each of the first tokens, in which most refusals are decided.
  static final String FIRST = "first:30";

  private static final String CUTS = "0,0.05,0.1,0.3,0.5,0.7,0.9";

  private final String usual;

  @Option(
      names = "--cuts",
      paramLabel = "PLAN",
      description = {
        "Where responses are cut: fractions of their tokens, from 0 to below 1; every:1 for every"
            + " token; every:8 for every 8th; first:30 for each of the first 30;"
            + " first:30,every:8 for these and then every 8th; sentences for"
            + " every sentence end; thinking for every sentence end of what the model thinks;"
            + " turns, of given conversations, for the beginning of each of the assistant's turns"
            + " and each tool call (default: "
            + CUTS
            + "; of cw run attack "
            + FIRST
            + ")."
      })
  Optional<String> cuts = Optional.empty();

  @Option(
      names = "--think-markers",
      paramLabel = "OPEN,CLOSE",
      description = {
        "The tokens between which the model thinks (default: <think>,</think>, where it has them)."
      })
  Optional<String> thinkMarkers = Optional.empty();

  @Mixin SamplingOptions sampling = new SamplingOptions();

  @Mixin SearchOptions search = new SearchOptions();

  CutOptions() {
    this(CUTS);
  }

  /// @param usual cuts, unless others are given
  CutOptions(String usual) {
    this.usual = usual;
  }

  /// What is wrong with these options can be said before anything is loaded.
  void check() {
    plan();
    named();
    search.check(cuts.isEmpty() && sampling.usual());
    sampling.check();
  }

  CutPlan plan() {
    return search.adaptive ? search.plan() : given();
  }

  private CutPlan given() {
    try {
      CutPlan plan = CutPlan.parse(cuts.orElse(usual));
      if (plan instanceof CutPlan.Recorded) {
        throw new IllegalArgumentException("they are those of an imported run");
      }
      return plan;
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--cuts " + cuts.orElse(usual) + ": " + e.getMessage(),
          "give growing fractions from 0 to below 1, such as 0.05,0.1,0.5, every:1,"
              + " first:30, first:30,every:8, sentences, thinking or turns",
          e);
    }
  }

  /// @param most tokens that a response can have
  CotSettings settings(Model model, int most) {
    return sampling.settings(model, plan(), most).thinking(markers(model));
  }

  private ThinkMarkers named() {
    try {
      return thinkMarkers.map(ThinkMarkers::parse).orElse(ThinkMarkers.STANDARD);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--think-markers " + thinkMarkers.orElse("") + ": give " + e.getMessage(),
          "such as --think-markers '<think>,</think>'",
          e);
    }
  }

  private Optional<ThinkMarkers> markers(Model model) {
    ThinkMarkers named = named();
    boolean known = named.in(model.vocabulary()).isPresent();
    if (!known && (thinkMarkers.isPresent() || plan() instanceof CutPlan.InThinking)) {
      throw new UserError(
          model.name() + " has no tokens " + named.open() + " and " + named.close(),
          "name those between which it thinks with --think-markers OPEN,CLOSE, or cut otherwise");
    }
    return known ? Optional.of(named) : Optional.empty();
  }
}
