package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotForecast;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Budget;
import criticalwindows.stats.DetectableRise;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.view.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What a run will take and can find, before anything is spent on it.
final class DryRun {
  private static final double ALPHA = .05;
  private static final double POWER = .8;
  private static final double LEVEL = .95;

  @Option(
      names = "--dry-run",
      description = {
        "Only say what this will take and can find: rollouts, tokens, time, cost, and the smallest"
            + " jump that is found with power 0.8. Tries a few problems for that, some 20 seconds."
      })
  boolean wanted;

  @Option(
      names = "--tokens-per-second",
      paramLabel = "X",
      description = "With --dry-run: the rate to reckon with (default: that of the trial).")
  Optional<Double> rate = Optional.empty();

  private Optional<Double> price = Optional.empty();

  /// @param server says the price
  void check(ServerOptions server) {
    price = server.price;
    positive("--price-per-million", price);
    positive("--tokens-per-second", rate);
    if (!wanted && rate.isPresent()) {
      throw new UserError(
          "--tokens-per-second says nothing without --dry-run", "add --dry-run, or leave it out");
    }
  }

  private static void positive(String name, Optional<Double> value) {
    if (value.isPresent() && !(value.get() > 0 && value.get() < 1e12)) {
      throw new UserError(name + " " + value.get(), "give a number above 0");
    }
  }

  /// What stands for these settings in a trial: for a search, a plan that takes all its rollouts.
  static CotSettings tried(CotSettings settings) {
    return settings.cuts() instanceof CutPlan.Search search
        ? new CotSettings(
            CutPlan.parse("0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9"),
            Math.ceilDiv(search.rollouts(), 10),
            settings.sampling(),
            settings.maxTokens(),
            settings.seed(),
            settings.markers(),
            settings.think())
        : settings;
  }

  /// Tries, and says what it means.
  ///
  /// @param scripts of the settings that [#tried] gives
  int say(Console console, CutScripts scripts, CotSettings settings, List<Problem> problems)
      throws InterruptedException {
    CotForecast forecast = CotForecast.of(scripts, problems, console.clock());
    Lines lines = new Lines(console);
    lines.add("dry run", "nothing was written");
    Traffics.speed(scripts.model()).ifPresent(speed -> lines.add("server", speed + ", probed"));
    lines.add(
        "trial",
        BudgetOption.spent(forecast.trial())
            + ": "
            + Numbers.count(Math.round(forecast.tokensPerSecond()))
            + " tokens/s");
    lines.add("rollouts", total(forecast.rollouts(), forecast.problems()));
    lines.add("tokens", total(forecast.tokens(), forecast.problems()) + ", sampled ones");
    Optional<Double> read = Traffics.read(scripts.model()).map(all -> read(forecast, all));
    read.ifPresent(
        all -> lines.add("prompts", "about " + Numbers.count(Math.round(all)) + " tokens read"));
    double tokens = forecast.tokens().estimate() * forecast.problems();
    double speed = rate.orElse(forecast.tokensPerSecond());
    lines.add(
        "time",
        "about "
            + Budget.spoken(Duration.ofSeconds(Math.round(tokens / speed)))
            + " at "
            + Numbers.count(Math.round(speed))
            + " tokens/s"
            + (rate.isPresent() ? "" : ", as in the trial; a full batch can be faster"));
    String paid = read.isPresent() ? "tokens, read and sampled" : "sampled tokens";
    price.ifPresent(each -> lines.add("cost", cost(tokens + read.orElse(0.0), each, paid)));
    lines.add(
        "",
        "(problems tried: "
            + forecast.tokens().clusters()
            + "; 95 % intervals by how they differ)");
    if (settings.cuts() instanceof CutPlan.Search) {
      lines.add("", "(every search to its last rollout: the most it can take)");
    } else {
      jumps(lines, settings.samples(), (int) Math.round(forecast.cuts(scripts)), problems.size());
    }
    return 0;
  }

  private static String total(Ratio each, int problems) {
    String about = Numbers.count(Math.round(each.estimate() * problems));
    if (each.standardError() == 0) {
      return about;
    }
    if (each.clusters() == 1) {
      return "about " + about;
    }
    Interval interval = each.interval(LEVEL, Interval.POSITIVE);
    return "about "
        + about
        + " ["
        + Numbers.count(Math.round(interval.low() * problems))
        + ", "
        + Numbers.count(Math.round(interval.high() * problems))
        + "]";
  }

  /// Tokens of prompts that the whole run takes, each rollout as many as one of the trial.
  private static double read(CotForecast forecast, long inTrial) {
    double rollouts = forecast.rollouts().estimate() * forecast.problems();
    return rollouts * inTrial / Math.max(1, forecast.trial().rollouts());
  }

  private static String cost(double tokens, double price, String paid) {
    return "about "
        + Numbers.money(tokens / 1e6 * price)
        + " at "
        + Numbers.money(price)
        + " a million "
        + paid;
  }

  private static void jumps(Lines lines, int n, int cuts, int problems) {
    int pairs = Math.max(1, cuts - 1);
    double alpha = ALPHA / pairs;
    DetectableRise published = DetectableRise.byTenths(n, 5);
    lines.add(
        "finds", found(DetectableRise.byTest(n, alpha)) + ", with power 0.8, between adjacent");
    lines.add("", "  cuts of one response, by a two-sided z test of two shares (alpha 0.05 over");
    lines.add(
        "", "  " + pairs + " pairs), summed over all counts at shares around 0.5, the worst case");
    lines.add(
        "",
        found(published)
            + " by the published rule (> 0.5), which fires on "
            + Numbers.percent(published.power(0))
            + " of flat pairs");
    double mean = DetectableRise.ofMeans((long) n * problems, alpha, POWER);
    lines.add(
        "",
        (mean < 1 ? "a rise of " + Numbers.fine(mean) : "no rise")
            + " in the mean of "
            + problems
            + " problems that rise alike (Fleiss et al. 2003, 4.2)");
  }

  private static String found(DetectableRise rise) {
    return rise.smallest(POWER)
        .map(value -> "a jump of " + Numbers.share(value))
        .orElse("no jump, with " + rise.trials() + " at a cut");
  }

  /// Lines of a name and a value.
  private record Lines(Console console) {
    void add(String name, String value) {
      console.out().println(String.format(Locale.ROOT, "  %-10s  %s", name, value));
    }
  }
}
