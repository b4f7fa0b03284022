package criticalwindows.console;

import criticalwindows.error.UserError;
import criticalwindows.grade.Grader;
import criticalwindows.math.Policies;

/// The policies on what counts as the same answer, from the command line.
public final class Equality {
  private Equality() {}

  public static Grader grader(String policies) {
    try {
      return new Grader(Policies.parse(policies));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--equality " + policies + ": " + e.getMessage(),
          "give name=value, several with commas, such as percent=fraction,order=kept",
          e);
    }
  }
}
