package criticalwindows.cli;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Family;
import criticalwindows.attack.Request;
import criticalwindows.error.UserError;
import criticalwindows.hub.Dressing;
import criticalwindows.hub.WorldRequests;
import java.util.List;
import picocli.CommandLine.Option;

/// Which requests a model is asked, and how they are dressed.
final class RequestOptions {
  /// The class that curves follow.
  static final String COMPLIED = "complied";

  /// The most tokens of a reply unless asked otherwise.
  static final int REPLY = 512;

  @Option(
      names = "--requests",
      paramLabel = "SOURCE",
      defaultValue = WorldRequests.SOURCE,
      description =
          "Where requests come from: world, forbidden ones of the toy world (default:"
              + " ${DEFAULT-VALUE}).")
  String source = WorldRequests.SOURCE;

  @Option(
      names = "--n",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many requests (default: ${DEFAULT-VALUE}).")
  int number = 10;

  @Option(
      names = "--attack",
      paramLabel = "FAMILY,…",
      defaultValue = "none",
      description = {
        "The families that dress each request: none, role-play, many-shot, multi-turn and more"
            + " (default: ${DEFAULT-VALUE}, the request as it is)."
      })
  String families = "none";

  /// What is wrong with these options can be said before anything is loaded.
  void check() {
    families();
    if (number < 1) {
      throw new UserError("--n " + number, "give at least 1");
    }
    if (!source.equals(WorldRequests.SOURCE)) {
      throw UserError.unknown("source of requests", source, List.of(WorldRequests.SOURCE));
    }
  }

  private List<Family> families() {
    return Families.list(families);
  }

  /// Every request in every family.
  ///
  /// @param seed of the run
  List<Attacked> dressed(long seed) {
    List<Request> requests = WorldRequests.plain(Request.Kind.HARMFUL, number, seed);
    return new Dressing(seed, 1).all(requests, families());
  }
}
