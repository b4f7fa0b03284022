package criticalwindows.study;

/// The pages of studies, for the tests of each.
public final class Pages {
  private Pages() {}

  /// As `cw study` writes it.
  public static String of(TrainingStudy study, Report report) {
    return Page.of(study, report.texts());
  }
}
