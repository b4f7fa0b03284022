package criticalwindows.world;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A word problem: somebody has some things, two to five events change how many, and the last count
/// is asked for. At each trap the program may misread the event, notice that, or check a step that
/// was right.
///
/// @param question without the options
/// @param options five, or none where the number itself is asked for
/// @param name of the person
/// @param things in the plural
/// @param start how many there are at first
/// @param events in order, at least one
public record WordProblem(
    String question,
    List<String> options,
    String name,
    String things,
    int start,
    List<Event> events)
    implements Question {
  /// P(a misread step is noticed and mended at once).
  static final double NOTICE = .25;

  /// P(a trap that was read right is checked).
  static final double RECHECK = .10;

  public WordProblem {
    options = List.copyOf(options);
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a word problem in which nothing happens");
    }
  }

  @Override
  public String task() {
    return "math";
  }

  @Override
  public String truth() {
    int count = start;
    for (Event event : events) {
      count = event.right(count).count();
    }
    return String.valueOf(count);
  }

  /// Every last count that some choice of right and misread steps leads to.
  SortedSet<Integer> reachable() {
    SortedSet<Integer> counts = new TreeSet<>(List.of(start));
    for (Event event : events) {
      counts = event.outcomes(counts);
    }
    return counts;
  }

  @Override
  public String run(ProgramSource source) {
    source.surface(
        " " + name + " starts with " + start + " " + things + ".",
        " At first, " + name + " has " + start + " " + things + ".",
        " We know that " + name + " has " + start + " " + things + " at the start.");
    int count = start;
    for (int i = 0; i < events.size(); i++) {
      if (i == 0) {
        source.surface(" First, ", " To begin, ");
      } else {
        source.surface(" Then ", " Next, ", " After that, ");
      }
      source.write(events.get(i).sentence());
      count = step(source, events.get(i), count);
    }
    source.surface(
        " So " + name + " has " + count + " " + things + " now.",
        " This means " + name + " has " + count + " " + things + " in the end.");
    return conclude(source, String.valueOf(count));
  }

  private static int step(ProgramSource source, Event event, int count) {
    Event.Step right = event.right(count);
    if (!event.kind().trap()) {
      source.write(right.text());
      return right.count();
    }
    Event.Step wrong = event.wrong(count);
    double slip = event.kind().slip();
    int misread =
        source.decide(
            event.kind().decision(),
            new Option(1 - slip, right.text()),
            new Option(slip, wrong.text()));
    return misread == 1 ? misread(source, event, count) : recheck(source, right.count());
  }

  private static int misread(ProgramSource source, Event event, int count) {
    if (!source.happens("notice", new Option(NOTICE, " Wait,"))) {
      return event.wrong(count).count();
    }
    Event.Step right = event.right(count);
    source.write(" that is not right. Here " + event.sentence() + right.text());
    return right.count();
  }

  private static int recheck(ProgramSource source, int count) {
    if (source.happens("recheck", new Option(RECHECK, " Wait,"))) {
      source.write(" let me check that step. Yes, " + count + " is right.");
    }
    return count;
  }
}
