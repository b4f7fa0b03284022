package criticalwindows.probestudy;

import criticalwindows.figure.Figure;
import criticalwindows.study.Measured;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.StudyTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The page of the study of probes.
record ProbesReport(Results results) {
  /// The arms.
  static final String ANSWERS = "answers";

  static final String REFUSALS = "refusals";

  Report report() {
    Measured refused = cell(REFUSALS);
    AnswersSection answers = new AnswersSection(cell(ANSWERS));
    RefusalsSection refusals = new RefusalsSection(refused);
    SteeringSection steering = new SteeringSection(refused);
    MonitorSection monitor = new MonitorSection(refused);
    String finding =
        String.join(
            " ", answers.finding(), refusals.finding(), steering.finding(), monitor.finding());
    Map<String, String> texts = new HashMap<>(answers.texts());
    texts.putAll(refusals.texts());
    texts.putAll(steering.texts());
    texts.put("monitor", monitor.table());
    texts.put("finding", finding);
    texts.put("base", setting("base"));
    texts.put("aligned", setting("aligned"));
    texts.put("settings", StudyTables.settings(results.design()));
    List<Figure> figures = new ArrayList<>(answers.figures());
    figures.add(refusals.along());
    figures.add(steering.figure());
    return new Report(finding, texts, figures);
  }

  private String setting(String name) {
    return Objects.requireNonNull(results.design().settings().get(name), name);
  }

  private Measured cell(String arm) {
    return results.of(arm).getFirst().measured();
  }
}
