package criticalwindows.cli;

import criticalwindows.attack.Request;
import criticalwindows.monitor.MonitorReport;
import criticalwindows.monitor.Watched;
import criticalwindows.monitor.Watched.When;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.stats.Beta;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a monitor came to, for people.
final class MonitorTables {
  private static final double LEVEL = .95;
  private static final int NAME = 40;
  private static final double THOUSAND = 1000;

  private static final List<Column<Group>> GROUPS =
      List.of(
          new Column<>(
              "responses", "of which family", group -> TerminalText.line(group.name, NAME)),
          new Column<>("read", "so many", group -> Numbers.count(group.texts)),
          new Column<>("alarms", "of these", group -> Numbers.count(group.alarms)),
          new Column<>(
              "share",
              "of responses with an alarm, with its exact 95 % interval; of benign ones these are"
                  + " false alarms",
              group -> exact(new Proportion(group.alarms, group.texts))),
          new Column<>(
              "at token",
              "of the response, the median over alarms",
              group -> group.at.isEmpty() ? "–" : Numbers.count(group.median())),
          new Column<>(
              "tokens", "that were read, of responses", group -> Numbers.count(group.tokens)),
          new Column<>(
              "per 1,000",
              "alarms by tokens up to each alarm",
              group -> Numbers.fine(THOUSAND * group.alarms / Math.max(1, group.watched))));

  private static final List<Column<Line>> WHEN =
      List.of(
          new Column<>("score", "that was followed", line -> TerminalText.line(line.score, NAME)),
          new Column<>(
              "decided",
              "responses that came to the class that the run follows, with a window that is"
                  + " claimed",
              line -> Numbers.count(share(line.report, When.MISSED).trials())),
          new Column<>(
              "early",
              "alarms before the first token at which the window can begin",
              line -> exact(share(line.report, When.EARLY))),
          new Column<>(
              "in time", "within the window", line -> exact(share(line.report, When.IN_TIME))),
          new Column<>("late", "after it", line -> exact(share(line.report, When.LATE))),
          new Column<>("missed", "no alarm", line -> exact(share(line.report, When.MISSED))),
          new Column<>(
              "lead",
              "tokens from the alarm to the last one at which the window can end, the median with"
                  + " its 95 % interval",
              line -> line.report.lead().map(MonitorTables::lead).orElse("–")),
          new Column<>(
              "to 0.5",
              "the same to the first cut at which more than half of the continuations come to it;"
                  + " without responses for which that holds before their first token",
              line -> line.report.leadOfPassing().map(MonitorTables::lead).orElse("–")));

  private MonitorTables() {}

  /// A response that was read.
  ///
  /// @param alarm the token at which one was raised, from 0
  record Seen(String group, int tokens, OptionalInt alarm) {}

  /// Whether responses of a group should raise no alarm.
  static boolean benign(String group) {
    return group.equals(RatioStudy.BENIGN)
        || Stream.of(Request.Kind.BENIGN, Request.Kind.LOOKS_HARMFUL)
            .anyMatch(kind -> group.endsWith(", " + kind.word()));
  }

  private static final class Group {
    private final String name;
    private final List<Integer> at = new ArrayList<>();
    private int texts;
    private long alarms;
    private long tokens;
    private long watched;

    Group(String name) {
      this.name = name;
    }

    void add(Seen seen) {
      texts++;
      tokens += seen.tokens;
      watched += seen.alarm.isPresent() ? seen.alarm.getAsInt() + 1 : seen.tokens;
      if (seen.alarm.isPresent()) {
        alarms++;
        at.add(seen.alarm.getAsInt());
      }
    }

    /// From 1, as people count.
    int median() {
      return at.stream().sorted().toList().get(at.size() / 2) + 1;
    }
  }

  /// By families, in the order of their names.
  static List<String> groups(List<Seen> all) {
    Map<String, Group> groups = new TreeMap<>();
    all.forEach(seen -> groups.computeIfAbsent(seen.group, MonitorTables::group).add(seen));
    return new View<>(GROUPS, List.copyOf(groups.values())).lines();
  }

  private static Group group(String name) {
    return new Group(benign(name) ? name + " (false)" : name);
  }

  /// Responses whose windows were measured, and when alarms came.
  ///
  /// @param score that was followed, for people
  record Decided(String score, List<Watched> responses) {}

  private record Line(String score, MonitorReport report) {}

  /// When alarms came, a line for each score.
  static List<String> when(List<Decided> decided) {
    List<Line> lines =
        decided.stream()
            .map(each -> new Line(each.score, MonitorReport.of(each.responses)))
            .toList();
    return new View<>(WHEN, lines).lines();
  }

  private static String lead(MonitorReport.Lead lead) {
    return Numbers.signed(lead.median()) + " " + Numbers.interval(lead.interval());
  }

  private static Proportion share(MonitorReport report, When when) {
    return Objects.requireNonNull(report.when().get(when));
  }

  private static String exact(Proportion share) {
    return Numbers.share(share.estimate()) + " " + Numbers.interval(Beta.exact(share, LEVEL));
  }
}
