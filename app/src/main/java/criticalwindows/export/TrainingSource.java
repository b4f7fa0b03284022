package criticalwindows.export;

import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.noise.Rollout;
import criticalwindows.tables.Table.Cell;
import java.util.List;
import java.util.Optional;

/// The model whose token ids are exported.
///
/// @param scripts of the run, with that model: they know what stands before a response
/// @param vocabulary SHA-256 of its vocabulary
public record TrainingSource(CutScripts scripts, String vocabulary) {
  /// Of a run's scripts.
  public static TrainingSource of(CutScripts scripts) {
    return new TrainingSource(scripts, scripts.model().vocabulary().sha256());
  }

  /// What the ids are read by.
  Vocabulary words() {
    return scripts.model().vocabulary();
  }

  Rollout rollout(Problem problem, Tokens response) {
    return scripts.rollout(problem, response);
  }

  /// The model by its name.
  String model() {
    return scripts.model().name();
  }

  /// SHA-256 of the model's file; absent where it is served.
  Optional<String> file() {
    return Optional.ofNullable(scripts.model().provenance().get("model sha256"));
  }

  /// All three, for the last columns of a table.
  List<Cell> cells() {
    return List.of(
        new Cell.Text(model()),
        file().<Cell>map(Cell.Text::new).orElseGet(Cell.Absent::new),
        new Cell.Text(vocabulary));
  }
}
