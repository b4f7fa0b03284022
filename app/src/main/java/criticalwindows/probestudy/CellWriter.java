package criticalwindows.probestudy;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.probe.HeldOutForecasts;
import criticalwindows.probe.Probe;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.ProbeSearch;
import criticalwindows.probe.Transfer;
import criticalwindows.study.Measured;
import java.util.List;
import java.util.function.Predicate;

/// Puts what was found into a cell, by names that [KeptForecasts] and the report know.
///
/// @param measured to which all is added
record CellWriter(Measured.Builder measured) {
  static final String ODDS = "odds ";
  static final String COUNT = "k";
  static final String TRIALS = "n";
  static final String EXACT = "exact";
  static final String LENGTH = "length";
  static final String DECISIVE = "decisive";
  static final String RISE = "rise";
  static final String MOVE = "move";

  /// In place of where a forecast rises, where it does not.
  static final double STILL = -1;

  static final String RIGHT = "right";
  static final String LAYER = "layer";
  static final String SITE = "site";
  static final String PENALTY = "penalty";
  static final String TRIED = "tried ";
  static final String AREA = "area ";
  static final String LOG = "log ";
  static final String RATE = "rate ";

  /// By their numbers in a cell.
  static final List<Site> SITES = List.of(Site.values());

  /// Three decimals are enough for forecasts, and keep files small.
  private static final double STEP = 1e-3;

  /// The forecasts of some rows, as log-odds of the first class.
  void forecasts(HeldOutForecasts held, Predicate<ProbeRow> which) {
    for (int i = 0; i < held.rows().size(); i++) {
      ProbeRow row = held.rows().get(i);
      if (which.test(row)) {
        double q = held.of(i, 0);
        rounded(
            ODDS + held.name(),
            Keys.place(row.text(), row.kept()),
            StrictMath.log(q) - StrictMath.log1p(-q));
      }
    }
  }

  /// What came out at a row, and how likely it was.
  void target(ProbeRow row, double exact) {
    String key = Keys.place(row.text(), row.kept());
    int n = row.target().trials();
    measured.value(TRIALS, key, n);
    measured.value(COUNT, key, StrictMath.rint(row.target().share(0) * n));
    rounded(EXACT, key, exact);
  }

  /// A value of three decimals.
  void rounded(String measure, String item, double value) {
    measured.value(measure, item, StrictMath.rint(value / STEP) * STEP);
  }

  /// Which probe was best, and what was tried.
  void chosen(Probe probe, ProbeSearch.Tried best, List<ProbeSearch.Tried> tried) {
    HookPoint hook = probe.hooks().getFirst();
    measured.fact(LAYER, hook.layer());
    measured.fact(SITE, SITES.indexOf(hook.site()));
    measured.fact(PENALTY, best.penalty());
    measured.fact("hooks tried", tried.size());
  }

  /// The best log score at each hook point.
  void tried(List<HookPoint> hooks, List<ProbeSearch.Tried> tried) {
    for (ProbeSearch.Tried each : tried) {
      measured.fact(TRIED + hooks.get(each.evidence()).word(), each.log());
    }
  }

  /// What a probe of one group makes of others.
  void transfers(List<Transfer> transfers) {
    for (Transfer each : transfers) {
      String pair = each.from() + " to " + each.to();
      each.area().ifPresent(area -> measured.fact(AREA + pair, area.estimate()));
      measured.fact(LOG + pair, each.log().estimate());
      measured.fact(RATE + pair, each.rate());
    }
  }
}
