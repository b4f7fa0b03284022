package criticalwindows.report;

import criticalwindows.form.Combination;
import criticalwindows.form.FormFinding;
import criticalwindows.form.FormTimes;
import criticalwindows.form.FormTree;
import criticalwindows.form.ScoredForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// One form as it is shown.
///
/// @param generator the world's own staircase, a value for each step; empty where the form is not
///   of the world
/// @param times of the theory; absent where not every combination is scored
public record FormView(FormFinding finding, List<Double> generator, Optional<FormTimes> times) {
  /// ε unless somebody asks for another.
  public static final double EPSILON = .1;

  /// The most leaves of a tree that can be read.
  private static final int LEAVES = 32;

  public FormView {
    generator = List.copyOf(generator);
  }

  /// What there is to show of a finding.
  ///
  /// @param epsilon of the theory's times, in (0, 1)
  public static FormView of(FormFinding finding, double epsilon) {
    Optional<FormTimes> times =
        finding
            .scored()
            .filter(scored -> finding.text().isPresent())
            .map(scored -> FormTimes.of(scored, finding.target().orElseThrow(), epsilon));
    return new FormView(finding, WorldForm.staircase(finding), times);
  }

  /// The tree by scores, or by counts where there are none; its rarest branches left out where they
  /// would be too many to read.
  FormTree tree(Combination target) {
    Map<Combination, Double> shares =
        finding.scored().map(ScoredForm::shares).orElseGet(finding.counts()::shares);
    ToDoubleFunction<Combination> share = begun -> shares.getOrDefault(begun, 0.0);
    double least = 1e-9;
    FormTree tree = FormTree.of(finding.prompt(), share, target, least);
    while (tree.leaves().size() > LEAVES) {
      least = least * 2;
      tree = FormTree.of(finding.prompt(), share, target, least);
    }
    return tree;
  }

  /// Steps at which the three ways contradict each other.
  List<FormFinding.Step> contradictions() {
    double level = finding.jointLevel();
    return finding.steps().stream().filter(step -> !step.agree(level)).toList();
  }
}
