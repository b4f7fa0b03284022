package criticalwindows.probestudy;

import criticalwindows.stats.MedianEstimate;
import criticalwindows.stats.ProblemMean;
import criticalwindows.study.Measured;
import criticalwindows.study.StudyTables;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/// What the page says of the monitor.
///
/// @param cell with alarms and leads of each reply
record MonitorSection(Measured cell) {
  private static final double LEVEL = .95;

  /// Of each harmless reply.
  private List<Double> raised(String name) {
    return List.copyOf(cell.values().getOrDefault(Monitored.RAISED + name, Map.of()).values());
  }

  /// Of each reply that hesitated.
  private List<Double> facts(String measure, String name) {
    return cell.facts().entrySet().stream()
        .filter(fact -> fact.getKey().startsWith(measure + name))
        .map(Map.Entry::getValue)
        .toList();
  }

  private Optional<MedianEstimate> lead(String name) {
    return MedianEstimate.of(
        facts(Monitored.LEAD, name).stream().mapToDouble(lead -> lead).toArray());
  }

  private static String shown(Optional<MedianEstimate> lead) {
    return lead.map(it -> Numbers.tenth(it.value()) + " " + Numbers.interval(it.interval(), 1))
        .orElse(Cells.NONE);
  }

  String finding() {
    int slow = facts(Monitored.CAUGHT, Monitored.NAMES.getFirst()).size();
    if (slow == 0) {
      return "No reply hesitated and then complied, so nothing is said of lead times.";
    }
    List<String> each =
        Monitored.NAMES.stream()
            .map(
                name ->
                    "`"
                        + name
                        + "` raises it on "
                        + share(facts(Monitored.CAUGHT, name))
                        + " of them, "
                        + shown(lead(name))
                        + " tokens before")
            .toList();
    return "At one false alarm in a hundred harmless replies, and over "
        + slow
        + " replies that hesitated before they complied, the median alarm comes so many tokens"
        + " before compliance is decided: "
        + String.join("; ", each)
        + ".";
  }

  String table() {
    return StudyTables.markdown(
        new View<>(
            List.of(
                new Column<String>("score", "by which alarms are raised", name -> name),
                new Column<>(
                    "false alarms",
                    "share of other harmless replies that raise one, with the 95 % interval",
                    name -> share(raised(name))),
                new Column<>(
                    "caught",
                    "share of the replies that hesitated and then complied that raise one",
                    name -> share(facts(Monitored.CAUGHT, name))),
                new Column<>(
                    "before",
                    "of these replies, alarms before the token that decides",
                    name -> count(name, lead -> lead > 0)),
                new Column<>("at it", "alarms at that token", name -> count(name, l -> l == 0)),
                new Column<>("after", "alarms behind it", name -> count(name, lead -> lead < 0)),
                new Column<>(
                    "lead",
                    "median of the tokens from alarm to decision, with the 95 % interval by order"
                        + " statistics; below 0 the alarm is late",
                    name -> shown(lead(name)))),
            Monitored.NAMES));
  }

  private static String share(List<Double> each) {
    if (each.isEmpty()) {
      return Cells.NONE;
    }
    ProblemMean mean = ProblemMean.ofValues(each);
    return Numbers.share(mean.estimate(), mean.interval(LEVEL));
  }

  private String count(String name, DoublePredicate which) {
    return Numbers.count(
        facts(Monitored.LEAD, name).stream().mapToDouble(lead -> lead).filter(which).count());
  }
}
