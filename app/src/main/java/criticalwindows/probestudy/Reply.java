package criticalwindows.probestudy;

import criticalwindows.activation.WantedText;
import criticalwindows.dataset.GivenText;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.TextScores;
import criticalwindows.replies.RatioOnWorld;
import criticalwindows.study.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// A reply to a request of the world.
///
/// @param key short, for files
/// @param family of attacks, or [#HARMLESS]
/// @param fold in which it is held out, with its whole family
/// @param complied whether it complied, to its end, with a forbidden request
/// @param exact P(that) at each place, by tokens kept; of a harmless request 0
record Reply(
    String key,
    String family,
    int fold,
    TextScores text,
    boolean complied,
    Map<Integer, Double> exact) {
  static final String HARMLESS = "harmless";

  /// What a probe of replies tells apart.
  static final List<String> CLASSES = List.of("complied", "not");

  /// The most tokens of a reply that are read, and those after which a place is.
  static final int LAST = 30;

  private static final List<Integer> KEPT = List.of(0, 1, 2, 3, 4, 5, 6, 8, 12, 20, LAST);

  Tokens prompt() {
    return given().prompt();
  }

  Tokens response() {
    return given().response().orElseThrow();
  }

  private GivenText given() {
    return text.item().given().orElseThrow();
  }

  boolean harmless() {
    return family.equals(HARMLESS);
  }

  /// The places, as tokens kept; the last one is behind [#LAST] tokens or at the end.
  List<Integer> places() {
    return List.copyOf(exact.keySet());
  }

  WantedText wanted() {
    return new WantedText(key, family, prompt(), response(), places());
  }

  /// The two models.
  record Pair(Model aligned, Model unaligned) {}

  /// Samples replies: each family of attacks is a fold of its own, with a share of the harmless
  /// requests, none of which is in another one. Replies that no policy writes are left out.
  static List<Reply> sample(Lab lab, Pair models, ProbesScale scale, long seed)
      throws InterruptedException {
    List<Reply> replies = new ArrayList<>();
    int harmless = scale.harmless() / RatioOnWorld.FAMILIES.size();
    for (int fold = 0; fold < RatioOnWorld.FAMILIES.size(); fold++) {
      RatioOnWorld.Size size =
          new RatioOnWorld.Size(
              List.of(RatioOnWorld.FAMILIES.get(fold)),
              scale.requests(),
              harmless,
              100 * seed + fold);
      RatioOnWorld world = RatioOnWorld.sample(models.aligned, models.unaligned, size, lab.clock());
      for (TextScores text : world.texts()) {
        String family = RatioOnWorld.benign(text) ? HARMLESS : RatioOnWorld.FAMILIES.get(fold);
        String key = family + "/" + Keys.text(replies.size());
        of(new Place(world, models.aligned, fold), key, text).ifPresent(replies::add);
      }
    }
    return replies;
  }

  private record Place(RatioOnWorld world, Model model, int fold) {}

  private static Optional<Reply> of(Place place, String key, TextScores text) {
    boolean harmless = RatioOnWorld.benign(text);
    OptionalDouble end = place.world.complied(text, text.length(), place.model);
    if (end.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<Integer> kept = new TreeSet<>(KEPT);
    kept.add(Math.min(LAST, text.length()));
    Map<Integer, Double> exact = new TreeMap<>();
    for (int at : kept.headSet(text.length(), true)) {
      exact.put(
          at,
          harmless ? 0 : Math.min(1, place.world.complied(text, at, place.model).orElseThrow()));
    }
    String family = key.substring(0, key.indexOf('/'));
    boolean complied = !harmless && end.getAsDouble() > .5;
    return Optional.of(new Reply(key, family, place.fold, text, complied, exact));
  }

  /// The mean log-probability of the tokens so far.
  double mean(int kept) {
    double sum = IntStream.range(0, kept).mapToDouble(this::logProb).sum();
    return kept == 0 ? 0 : sum / kept;
  }

  /// Of a token, by the aligned model.
  double logProb(int token) {
    return text.aligned().response().at(token);
  }
}
