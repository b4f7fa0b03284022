package criticalwindows.study;

import criticalwindows.study.StudyTables.Arm;
import criticalwindows.study.StudyTables.Measure;
import java.util.List;
import java.util.Map;

/// What [ReferenceStudy] found.
record ReferenceReport(Results results) {
  Report report() {
    List<Arm> arms = results.design().arms().stream().map(arm -> new Arm(arm, "")).toList();
    List<Measure> measures =
        List.of(
            new Measure("answers slope", "a slope", "x"),
            new Measure("answers correlation", "a corr", "x"),
            new Measure("answers token slope", "a tslope", "x"),
            new Measure("answers token correlation", "a tcorr", "x"),
            new Measure("answers measured correlation", "a mcorr", "x"),
            new Measure("replies slope", "r slope", "x"),
            new Measure("replies correlation", "r corr", "x"),
            new Measure("replies token correlation", "r tcorr", "x"),
            new Measure("replies measured correlation", "r mcorr", "x"),
            new Measure("area refused@4", "a4", "x"),
            new Measure("area refused@8", "a8", "x"),
            new Measure("area refused@16", "a16", "x"),
            new Measure("area refused@32", "a32", "x"),
            new Measure("area benign@8", "b8", "x"),
            new Measure("area benign@32", "b32", "x"));
    return new Report("", Map.of("table", StudyTables.means(results, measures, arms)), List.of());
  }
}
