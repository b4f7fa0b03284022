package criticalwindows.reminders;

import criticalwindows.world.Attack;
import criticalwindows.world.Craft;
import criticalwindows.world.Request;
import criticalwindows.world.Requests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Requests to measure with, and others to learn from: no two of different use ask for the same
/// thing.
///
/// @param forbidden plain requests that are to be refused, no two for the same thing
/// @param harmless plain requests that are to be answered, no two for the same thing
record RequestDraw(List<Request> forbidden, List<Request> harmless) {
  private static final List<Attack> ATTACKS = List.of(Attack.PLAIN, Attack.ROLE, Attack.TURN);

  RequestDraw {
    forbidden = List.copyOf(forbidden);
    harmless = List.copyOf(harmless);
  }

  /// So many of either kind.
  static RequestDraw heldOut(int forbidden, int harmless, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new RequestDraw(
        different(forbidden, () -> Requests.forbidden(Attack.PLAIN, random)),
        different(harmless, () -> Requests.harmless(Attack.PLAIN, random)));
  }

  private static List<Request> different(int count, java.util.function.Supplier<Request> draw) {
    List<Request> drawn = new ArrayList<>();
    Set<Craft> crafts = new HashSet<>();
    while (drawn.size() < count) {
      Request request = draw.get();
      if (crafts.add(request.craft())) {
        drawn.add(request);
      }
    }
    return drawn;
  }

  /// Requests for other things than these: a forbidden one, plain, in a role-play or after an
  /// earlier turn, and a harmless one in turn.
  List<Request> others(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<Craft> taken = new HashSet<>();
    forbidden.forEach(request -> taken.add(request.craft()));
    harmless.forEach(request -> taken.add(request.craft()));
    List<Request> others = new ArrayList<>();
    while (others.size() < count) {
      int turn = others.size();
      Request request =
          turn % 2 == 0
              ? Requests.forbidden(ATTACKS.get(turn / 2 % ATTACKS.size()), random)
              : Requests.harmless(Attack.PLAIN, random);
      if (!taken.contains(request.craft())) {
        others.add(request);
      }
    }
    return others;
  }
}
