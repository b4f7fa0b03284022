package criticalwindows.study;

import criticalwindows.error.UserError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/// A study that trains nothing: its numbers follow from seed, arm and item. It notes which cells it
/// was asked for, and fails at one of them if it is told to.
final class Counted implements TrainingStudy {
  static final List<String> ARMS = List.of("plain", "more", "most");
  static final int SEEDS = 4;

  final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final String failsAt;
  private final String setting;

  Counted(String failsAt, String setting) {
    this.failsAt = failsAt;
    this.setting = setting;
  }

  static Counted whole() {
    return new Counted("", "1");
  }

  @Override
  public String name() {
    return "counted";
  }

  @Override
  public String about() {
    return "numbers that are known";
  }

  @Override
  public Design design(Size size) {
    List<Long> seeds = LongStream.rangeClosed(1, SEEDS).boxed().toList();
    return new Design(seeds, ARMS, Map.of("setting", setting));
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) {
    return arm -> {
      String cell = seed + " " + arm;
      if (cell.equals(failsAt)) {
        throw new UserError("no more memory", "free some");
      }
      asked.add(cell);
      Measured.Builder measured = new Measured.Builder().fact("tokens", 100);
      for (int item = 0; item < 3; item++) {
        measured.value("size", "item " + item, ARMS.indexOf(arm) + item + seed / 10.0);
      }
      return measured.build();
    };
  }

  @Override
  public Report report(Size size, Results results) {
    Comparison found =
        Comparison.family(results, "size", List.of(new Comparison.Pair("most", "plain")))
            .getFirst();
    String finding = "Most is more by " + StudyTables.shown(found.difference()) + ".";
    List<StudyTables.Measure> measures =
        List.of(new StudyTables.Measure("size", "size", "how large it is"));
    List<StudyTables.Arm> arms =
        ARMS.stream().map(arm -> new StudyTables.Arm(arm, "counts " + arm)).toList();
    return new Report(
        finding,
        Map.of("finding", finding, "table", StudyTables.means(results, measures, arms)),
        List.of());
  }
}
