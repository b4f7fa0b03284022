package criticalwindows.cli;

import criticalwindows.form.FormFinding;
import criticalwindows.form.FormSettings;
import criticalwindows.report.FormPage;
import criticalwindows.report.FormTable;
import criticalwindows.report.FormView;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A form run's reports, from its folder alone.
final class FormReports {
  private FormReports() {}

  static String table(RunFolder run) {
    return FormTable.of(Headings.of(run), views(run, FormView.EPSILON));
  }

  static Path write(RunFolder run, Path page) {
    return Pages.write(page, FormPage.of(Headings.of(run), views(run, FormView.EPSILON)));
  }

  /// Every form of a run, with the theory's times for this ε.
  static List<FormView> views(RunFolder run, double epsilon) {
    FormSettings settings = run.settings(FormSettings::of);
    List<FormView> views = new ArrayList<>();
    run.ledger()
        .forEach(
            (problem, rows) ->
                views.add(FormView.of(FormFinding.of(problem, rows, settings), epsilon)));
    return views;
  }
}
