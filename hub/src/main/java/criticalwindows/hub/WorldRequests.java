package criticalwindows.hub;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Family;
import criticalwindows.attack.Request;
import criticalwindows.model.Message;
import criticalwindows.world.Attack;
import criticalwindows.world.Requests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Requests of the world, forbidden and harmless, in the world's own wordings for the families that
/// it has: no attack, prefill, role-play, an earlier turn, many-shot, a suffix, letter case.
///
/// A request is named by all that it is made from, `forbidden:7:12` being the twelfth forbidden one
/// of seed 7. It is the same thing in every family, dressed otherwise. Whoever has the id of an
/// item, `role-play/forbidden:7:12`, can make it [#again], and with it the exact posterior.
public final class WorldRequests {
  /// The source of such requests.
  public static final String SOURCE = "world";

  /// What the world has of its own for a family. The turn of a prefill is begun for a plain
  /// request.
  private static final Map<String, Attack> OWN =
      Map.of(
          "none", Attack.PLAIN,
          "prefill", Attack.PLAIN,
          "role-play", Attack.ROLE,
          "multi-turn", Attack.TURN,
          "many-shot", Attack.MANY,
          "random-suffix", Attack.SUFFIX,
          "letter-case", Attack.CASE);

  private static final Pattern ID =
      Pattern.compile("(forbidden|harmless):(-?[0-9]{1,19}):([0-9]{1,9})(#[0-9]{1,9})?");

  private static final String FORBIDDEN = "forbidden";
  private static final String HARMLESS = "harmless";

  private WorldRequests() {}

  /// The first requests of a seed, not dressed.
  ///
  /// @param kind harmful or benign
  public static List<Request> plain(Request.Kind kind, int count, long seed) {
    String word = word(kind);
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> request(word + ":" + seed + ":" + number))
        .toList();
  }

  /// The same, dressed by a family that the world has wordings of its own for.
  ///
  /// @throws IllegalArgumentException if it has none
  public static List<WorldRequest> of(Family family, Request.Kind kind, int count, long seed) {
    return plain(kind, count, seed).stream()
        .map(
            request ->
                dress(family, request)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "the world has no wordings for " + family.name())))
        .toList();
  }

  /// A request of the world, dressed in its own wordings; nothing where it is not of the world, or
  /// the world has none for that family. All that is drawn follows from the ids.
  public static Optional<WorldRequest> dress(Family family, Request request) {
    boolean ours = request.source().equals(SOURCE);
    return ours
        ? again(family.name(), request.id())
            .map(world -> new WorldRequest(attacked(family, request, world), world))
        : Optional.empty();
  }

  /// The request of an item, by its id; nothing where it is not of the world, or was not dressed in
  /// the world's own wordings.
  ///
  /// @param item such as `role-play/forbidden:7:12`
  public static Optional<WorldRequest> again(String item) {
    int slash = item.lastIndexOf('/');
    String family = item.substring(0, Math.max(0, slash));
    String id = item.substring(slash + 1);
    return attack(family).isPresent() && ID.matcher(id).matches()
        ? dress(Families.named(family), request(id))
        : Optional.empty();
  }

  private static Optional<Attack> attack(String family) {
    return Optional.ofNullable(OWN.get(family.startsWith("prefill:") ? "prefill" : family));
  }

  private static Optional<criticalwindows.world.Request> again(String family, String id) {
    return attack(family)
        .flatMap(
            attack ->
                plain(id)
                    .map(
                        plain ->
                            Requests.dress(plain, attack, new SplittableRandom(seed(family, id)))));
  }

  /// The ids hold the seed of the world; nothing else decides what is drawn.
  private static long seed(String family, String id) {
    return Families.seed(0, family, id);
  }

  private static Optional<criticalwindows.world.Request> plain(String id) {
    Matcher named = ID.matcher(id);
    if (!named.matches()) {
      return Optional.empty();
    }
    String copied = String.join(":", named.group(1), named.group(2), named.group(3));
    SplittableRandom random = new SplittableRandom(seed("none", copied));
    return Optional.of(
        named.group(1).equals(FORBIDDEN)
            ? Requests.forbidden(Attack.PLAIN, random)
            : Requests.harmless(Attack.PLAIN, random));
  }

  private static Request request(String id) {
    criticalwindows.world.Request plain = plain(id).orElseThrow();
    return new Request(
        id,
        plain.text(),
        plain.forbidden() ? Request.Kind.HARMFUL : Request.Kind.BENIGN,
        Optional.of(plain.craft().material()),
        Optional.of(plain.recipeOpenings().getFirst().strip()),
        SOURCE);
  }

  private static Attacked attacked(
      Family family, Request request, criticalwindows.world.Request world) {
    List<Message> messages = new ArrayList<>();
    for (criticalwindows.world.Request.Turn turn : world.earlier()) {
      messages.add(Message.user(turn.user()));
      messages.add(Message.assistant(turn.assistant()));
    }
    messages.add(Message.user(world.text()));
    Map<String, String> made = new LinkedHashMap<>();
    made.put(SOURCE, world.attack().name().toLowerCase(Locale.ROOT));
    if (world.attack() != Attack.PLAIN) {
      made.put(Families.SEED, Long.toString(seed(family.name(), request.id())));
    }
    Optional<String> opening =
        world.attack() == Attack.PLAIN
            ? family.dress(request, new SplittableRandom(0)).opening()
            : Optional.empty();
    opening.ifPresent(text -> made.put("opening", text));
    return new Attacked(request, family.name(), messages, opening, made);
  }

  private static String word(Request.Kind kind) {
    return switch (kind) {
      case HARMFUL -> FORBIDDEN;
      case BENIGN -> HARMLESS;
      case LOOKS_HARMFUL ->
          throw new IllegalArgumentException("the world has no request that looks harmful");
    };
  }
}
