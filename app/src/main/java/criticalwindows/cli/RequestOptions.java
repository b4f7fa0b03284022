package criticalwindows.cli;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Family;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.hub.Dressing;
import criticalwindows.hub.RequestSet;
import criticalwindows.hub.RequestSets;
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
          "Where requests come from: a name of cw attacks list, NAME:FILE, or a file of requests"
              + " (default: ${DEFAULT-VALUE}, forbidden ones of the toy world).")
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
  }

  private List<Family> families() {
    return Families.list(families);
  }

  /// Every request in every family.
  ///
  /// @param seed of the run
  List<Attacked> dressed(Console console, long seed) {
    RequestSet set =
        RequestSets.read(new RequestSets.Wish(source, number, seed, () -> Hubs.of(console)));
    Hubs.say(console, set.notes());
    if (!set.templated().isEmpty()) {
      throw new UserError(
          "the prompts of " + source + " are dressed already, in a chat template",
          "make a file of them with cw attacks build --requests "
              + source
              + " --out FILE, and give it to cw run trace FILE --outcome refusal --follow"
              + " complied");
    }
    return new Dressing(seed, 1).all(set.requests(), families());
  }
}
