package criticalwindows.importing;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Counts from a share of rollouts, where the user says how many they are of.
///
/// @param of so many at each place
/// @param success what the share is of
/// @param failure what all others came to
record Shares(int of, String success, String failure) {
  private static final double ROUNDING = 1e-6;

  /// As the user says.
  ///
  /// @throws UserError if the user did not
  static Shares of(ImportSource source, String success, String failure) {
    return new Shares(
        source
            .rollouts()
            .orElseThrow(
                () ->
                    new UserError(
                        source.root() + " has shares, and does not say of how many rollouts",
                        "say it with --n, such as --n 64")),
        success,
        failure);
  }

  /// The rollouts that a share stands for, successes first.
  ///
  /// @param place of the share in the file, for people
  /// @throws UserError if no count of rollouts has this share
  List<Recorded.Rollout> rollouts(Fields place, double share) {
    long successes = Math.round(share * of);
    if (!(share >= 0 && share <= 1) || Math.abs(share * of - successes) > ROUNDING * of) {
      throw new UserError(
          place.place() + ": the share " + share + " is no count of " + of + " rollouts",
          "give --n as the rollouts were made with");
    }
    List<Recorded.Rollout> rollouts =
        new ArrayList<>(Collections.nCopies((int) successes, untold(success)));
    rollouts.addAll(Collections.nCopies(of - (int) successes, untold(failure)));
    return rollouts;
  }

  private static Recorded.Rollout untold(String outcome) {
    return new Recorded.Rollout(Optional.empty(), Optional.of(outcome));
  }
}
