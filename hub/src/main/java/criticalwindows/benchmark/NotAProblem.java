package criticalwindows.benchmark;

import java.io.Serial;

/// Why a record is no problem: what it is or lacks, as the end of "the record …".
final class NotAProblem extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  NotAProblem(String why) {
    super(why);
  }
}
