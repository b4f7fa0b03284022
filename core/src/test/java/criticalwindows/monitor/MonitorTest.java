package criticalwindows.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.monitor.Watched.When;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MonitorTest {
  /// Ten tokens a response, each score uniform.
  private static List<double[]> responses(int count, long seed) {
    Random random = new Random(seed);
    List<double[]> all = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> all.add(random.doubles(10).toArray()));
    return all;
  }

  @Test
  void aThresholdHoldsItsRateOnTheTextsItWasChosenOnAndOnOthers() {
    Threshold threshold = Threshold.calibrate(responses(10_000, 1), .01);
    assertThat(threshold.responses()).isEqualTo(new Proportion(100, 10_000));
    // P(the highest of ten lies above t) = 1 − t^10 = .01.
    assertThat(threshold.value()).isCloseTo(Math.pow(.99, .1), within(3e-4));
    Threshold fresh = Threshold.on(threshold.value(), responses(4_000, 2));
    assertThat(fresh.responses().estimate()).isBetween(.005, .015);
    assertThat(fresh.rate().holds(.01)).isTrue();
  }

  @Test
  void alarmsArePerResponseAndPerToken() {
    List<double[]> benign =
        List.of(new double[] {0, 0, 0, 0}, new double[] {0, 5, 9, 9}, new double[] {1, 1});
    Threshold threshold = Threshold.on(2, benign);
    // One alarm, and 4 + 2 + 2 tokens until then.
    assertThat(threshold.responses()).isEqualTo(new Proportion(1, 3));
    assertThat(threshold.tokens()).isEqualTo(8);
    assertThat(threshold.perThousandTokens()).isEqualTo(125);
    assertThat(threshold.alarm(new double[] {0, 5, 9})).isEqualTo(OptionalInt.of(1));
    assertThat(threshold.alarm(new double[] {2})).isEmpty();
    assertThat(threshold.alarm(new double[0])).isEmpty();
  }

  @Test
  void equalScoresNeverRaiseMoreThanTheRate() {
    List<double[]> benign = new ArrayList<>();
    IntStream.range(0, 200).forEach(i -> benign.add(new double[] {i < 10 ? 1 : 0}));
    Threshold threshold = Threshold.calibrate(benign, .01);
    assertThat(threshold.responses().successes()).isZero();
    assertThat(threshold.value()).isEqualTo(1);
  }

  @Test
  void tooFewTextsTellNoLowRate() {
    assertThatThrownBy(() -> Threshold.calibrate(responses(99, 1), .05))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> {
              assertThat(error)
                  .hasMessage("a threshold from 99 benign texts: they tell no rate below 1 in 99");
              assertThat(error.hint()).isEqualTo("give at least 100 benign texts");
            });
    assertThatThrownBy(() -> Threshold.calibrate(responses(500, 1), .001))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> assertThat(error.hint()).isEqualTo("give at least 1000 benign texts"));
    assertThatThrownBy(() -> Threshold.calibrate(responses(500, 1), 1))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> {
              assertThat(error).hasMessage("a rate of false alarms of 1.0");
              assertThat(error.hint()).isEqualTo("give one above 0 and below 1, such as 0.01");
            });
  }

  @Test
  void anAlarmIsEarlyInTimeLateOrMissing() {
    assertThat(watched(3).when()).isEqualTo(When.EARLY);
    assertThat(watched(5).when()).isEqualTo(When.IN_TIME);
    assertThat(watched(8).when()).isEqualTo(When.IN_TIME);
    assertThat(watched(9).when()).isEqualTo(When.LATE);
    Watched missed = new Watched(OptionalInt.empty(), 5, 8, OptionalInt.of(7));
    assertThat(missed.when()).isEqualTo(When.MISSED);
    assertThat(missed.lead()).isEmpty();
    assertThat(watched(3).lead()).hasValue(5);
    assertThat(watched(9).lead()).hasValue(-1);
    assertThat(watched(3).leadOfPassing()).hasValue(4);
  }

  private static Watched watched(int alarm) {
    return new Watched(OptionalInt.of(alarm), 5, 8, OptionalInt.of(7));
  }

  @Test
  void aReportCountsEachResponseOnceAndGivesTheMiddleLead() {
    Watched missed = new Watched(OptionalInt.empty(), 5, 8, OptionalInt.empty());
    MonitorReport report = MonitorReport.of(List.of(watched(3), watched(6), watched(9), missed));
    assertThat(report.when())
        .containsEntry(When.EARLY, new Proportion(1, 4))
        .containsEntry(When.IN_TIME, new Proportion(1, 4))
        .containsEntry(When.LATE, new Proportion(1, 4))
        .containsEntry(When.MISSED, new Proportion(1, 4));
    MonitorReport.Lead lead = report.lead().orElseThrow();
    assertThat(lead.median()).isEqualTo(2);
    assertThat(lead.responses()).isEqualTo(3);
    assertThat(lead.interval().low()).isEqualTo(-1);
    assertThat(lead.interval().high()).isEqualTo(5);
    assertThat(MonitorReport.of(List.of(missed)).lead()).isEmpty();
  }

  /// Over draws of lead times from 0 to 100 the interval holds the true median.
  @Test
  void theIntervalOfTheMedianCovers() {
    Random random = new Random(9);
    int held = 0;
    for (int run = 0; run < 1000; run++) {
      List<Watched> responses =
          IntStream.range(0, 25)
              .mapToObj(
                  i ->
                      new Watched(OptionalInt.of(random.nextInt(101)), 0, 100, OptionalInt.empty()))
              .toList();
      held += MonitorReport.of(responses).lead().orElseThrow().interval().holds(50) ? 1 : 0;
    }
    assertThat(held).isBetween(945, 999);
  }
}
