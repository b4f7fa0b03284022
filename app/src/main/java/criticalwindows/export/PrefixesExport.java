package criticalwindows.export;

import criticalwindows.cot.CotFinding;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Rollout;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.OutcomeNames;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.TableFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fills [TrainingTables#PREFIXES], item by item.
public final class PrefixesExport {
  private final TrainingSource source;
  private final TableFolder tables;
  private int rows;
  private int unread;

  /// @param tables made for [TrainingTables#PREFIXES]
  public PrefixesExport(TrainingSource source, TableFolder tables) {
    this.source = source;
    this.tables = tables;
  }

  /// Adds the cuts of an item. One of whose continuations none can be read is left out, and
  /// counted.
  ///
  /// @param finding with its original as it was sampled
  public void add(CotFinding finding) {
    OutcomeNames names = new OutcomeNames();
    String followed = names.of(finding.followed());
    Rollout whole = source.rollout(finding.problem(), finding.original().tokens());
    finding
        .byCut()
        .forEach(
            (kept, outcomes) -> {
              if (outcomes.stream().noneMatch(Outcome::readable)) {
                unread++;
                return;
              }
              rows++;
              List<Cell> cells = new ArrayList<>();
              cells.add(new Cell.Text(finding.problem().id()));
              cells.add(new Cell.Whole(kept));
              cells.add(new Cell.Whole(finding.length()));
              cells.add(new Cell.Text(names.of(finding.outcome())));
              cells.add(WeightsExport.right(finding));
              cells.add(new Cell.Text(followed));
              cells.addAll(counts(outcomes, finding.followed(), names));
              cells.addAll(prefix(whole, kept));
              cells.addAll(source.cells());
              tables.add(TrainingTables.PREFIXES, cells);
            });
  }

  private static List<Cell> counts(
      List<? extends Outcome> outcomes, Outcome followed, OutcomeNames names) {
    Map<String, Integer> times = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      if (outcome.readable()) {
        times.merge(names.of(outcome), 1, Integer::sum);
      }
    }
    List<Map.Entry<String, Integer>> frequent =
        times.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .toList();
    List<String> classes = frequent.stream().map(Map.Entry::getKey).toList();
    List<Integer> counts = frequent.stream().map(Map.Entry::getValue).toList();
    int read = counts.stream().mapToInt(count -> count).sum();
    return List.of(
        new Cell.Whole(outcomes.stream().filter(followed::same).count()),
        new Cell.Whole(outcomes.size()),
        new Cell.Texts(classes),
        new Cell.Wholes(counts),
        new Cell.Whole(outcomes.size() - read));
  }

  private List<Cell> prefix(Rollout whole, int kept) {
    Tokens prompt = whole.whole().prefix(whole.prompt());
    return List.of(
        new Cell.Text(source.words().named(prompt)),
        new Cell.Text(source.words().named(whole.response().prefix(kept))),
        new Cell.Whole(prompt.size()),
        WeightsExport.ids(whole.noised(kept)));
  }

  /// What was written, in lines for people.
  public List<String> facts() {
    return unread == 0
        ? List.of("prefixes: " + rows)
        : List.of(
            "prefixes: " + rows,
            "left out, because no outcome of their continuations can be read: " + unread);
  }

  /// How many prefixes were written.
  public int rows() {
    return rows;
  }
}
