package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Interval;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassPosteriorTest {
  private static final Prior PRIOR = new Prior(.5, 0, 1, 2, .2, 1, 0, 1, 20, 1);

  private static ClassCounts.Point point(int position, long... counts) {
    return new ClassCounts.Point(position, java.util.Arrays.stream(counts).boxed().toList());
  }

  /// Two classes, counts (1, 0) at 2 and (0, 1) at 6 of 10 tokens. A segment's likelihood, with
  /// Dirichlet(½, ½): one outcome ½; one of each ½ · ½ / 2 = ⅛. Stretches .2, .4, .4. By hand: no
  /// change ⅛; one change (.2 + .4) · ⅛ + .4 · ¼ over 1; two changes, over .2·.4 + .2·.4 + .4·.4:
  /// (.08 + .16) · ¼ + .08 · ⅛ with the pairs (0,1), (1,2) splitting the outcomes and (0,2) not.
  @Test
  void agreesWithASumByHand() {
    ClassCounts counts =
        new ClassCounts(List.of("A", "B"), List.of(point(2, 1, 0), point(6, 0, 1)));
    ClassPosterior posterior = ClassPosterior.of(counts, 10, PRIOR);
    double none = .5 * .125;
    double one = .25 * (.6 * .125 + .4 * .25);
    double two = .25 * (.24 * .25 + .08 * .125) / .32;
    double all = none + one + two;
    assertThat(posterior.noChange()).isCloseTo(none / all, within(1e-12));
    assertThat(posterior.count(1)).isCloseTo(one / all, within(1e-12));
    assertThat(posterior.count(2)).isCloseTo(two / all, within(1e-12));
  }

  @Test
  void saysWhichAnswersLoseAndGain() {
    ClassCounts counts =
        new ClassCounts(
            List.of("12", "15", "other"),
            List.of(
                point(0, 10, 2, 8),
                point(25, 12, 1, 7),
                point(50, 11, 1, 8),
                point(75, 1, 12, 7),
                point(100, 0, 12, 8)));
    ClassPosterior posterior = ClassPosterior.of(counts, 100, PRIOR);
    assertThat(posterior.noChange()).isLessThan(1e-6);
    ClassPosterior.Change change = posterior.changes(1, .9).getFirst();
    assertThat(change.place().interval().low()).isBetween(49.0, 60.0);
    assertThat(change.place().interval().high()).isBetween(65.0, 76.0);
    assertThat(change.classes()).extracting(ClassChange::name).containsExactly("12", "15", "other");
    assertThat(change.classes().get(0).gain().interval().high()).isLessThan(-.3);
    assertThat(change.classes().get(1).gain().interval().low()).isGreaterThan(.3);
    assertThat(change.classes().get(2).gain().interval().holds(0)).isTrue();
    assertThat(change.classes().get(0).before()).isCloseTo(33.33 / 61, within(.01));
    assertThat(change.classes().get(1).gains()).isGreaterThan(.999);
  }

  private static ClassCounts step(int places, int at) {
    List<ClassCounts.Point> points =
        IntStream.range(0, places).mapToObj(i -> i < at ? point(i, 1, 1) : point(i, 2, 0)).toList();
    return new ClassCounts(List.of("A", "B"), points);
  }

  @Test
  void manyPositionsAreCountedTogetherButForThoseOfInterest() {
    ClassCounts all = step(30_000, 17_000);
    ClassCounts few = all.pooled(new Interval(16_990, 17_010), 400);
    assertThat(few.points()).hasSizeBetween(200, 401);
    // 21 that stay apart, and the last.
    assertThat(few.points()).containsAll(all.points().subList(16_990, 17_011));
    assertThat(few.points().getLast()).isEqualTo(all.points().getLast());
    for (int c = 0; c < 2; c++) {
      int place = c;
      assertThat(few.points().stream().mapToLong(p -> p.counts().get(place)).sum())
          .isEqualTo(all.points().stream().mapToLong(p -> p.counts().get(place)).sum());
    }
    Credible place = ClassPosterior.of(few, 30_000, PRIOR).changes(1, .9).getFirst().place();
    assertThat(place.interval().holds(17_000)).isTrue();
    assertThat(place.interval().high() - place.interval().low()).isLessThan(20);
  }

  @Test
  void fewPositionsStayAsTheyAre() {
    ClassCounts all = step(400, 170);
    assertThat(all.pooled(new Interval(0, 10), 400)).isSameAs(all);
    assertThat(step(401, 170).pooled(new Interval(500, 600), 400).points()).hasSize(101);
    assertThat(step(2000, 170).pooled(new Interval(0, 1999), 400).points()).hasSize(201);
  }
}
