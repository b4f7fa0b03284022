package criticalwindows.cli;

import criticalwindows.scoring.Calibration;
import criticalwindows.scoring.Outcomes;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// What is known of a judge's errors.
final class CalibrationOption {
  @Option(
      names = "--judge-calibration",
      paramLabel = "FILE",
      description =
          "Rates of success are shown corrected for the judge's errors too; cw judges calibrate"
              + " writes FILE. Once for each judge.")
  List<Path> files = List.of();

  /// Outcomes with what is known of their errors.
  Outcomes of(Outcomes outcomes) {
    return outcomes.calibrated(files.stream().map(Calibration::read).toList());
  }
}
