package criticalwindows.show;

import criticalwindows.form.FormFinding;
import criticalwindows.form.FormSettings;
import criticalwindows.report.FormPage;
import criticalwindows.report.FormTable;
import criticalwindows.report.FormView;
import criticalwindows.report.TheoryTable;
import criticalwindows.rollout.Faults;
import criticalwindows.store.RunFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is shown of a form run: every form of it.
final class FormReports implements RunViews {
  private final RunFolder run;
  private final Map<Double, List<FormView>> known = new HashMap<>();

  FormReports(RunFolder run) {
    this.run = run;
  }

  @Override
  public String table(Optional<Integer> problems) {
    return FormTable.of(Headings.of(run), views(FormView.EPSILON));
  }

  @Override
  public String page(int problems) {
    return FormPage.of(Headings.of(run), views(FormView.EPSILON));
  }

  @Override
  public String theory(double epsilon) {
    return TheoryTable.forms(Headings.of(run).title(), views(epsilon), epsilon);
  }

  @Override
  public Faults faults() {
    return new Faults();
  }

  /// All forms, read and counted once for each ε.
  private List<FormView> views(double epsilon) {
    return known.computeIfAbsent(epsilon, this::read);
  }

  private List<FormView> read(double epsilon) {
    FormSettings settings = run.settings(FormSettings::of);
    List<FormView> views = new ArrayList<>();
    run.ledger()
        .forEach(
            (problem, rows) ->
                views.add(FormView.of(FormFinding.of(problem, rows, settings), epsilon)));
    return views;
  }
}
