package criticalwindows.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The words that forms may be filled with: fifteen for each of four themes, with weights 1, 2, 4
/// in turn.
final class Lexicon {
  private static final String COAST =
      "Otter Heron Lagoon Ferry Crab Coral Gull Kelp Lighthouse Dune Seal Tide Oyster Raft Walrus";
  private static final String FARM =
      "Goat Barn Tractor Orchard Hen Wheat Donkey Meadow Plough Cider Mule Hedge Turnip Shepherd"
          + " Pasture";
  private static final String LEGEND =
      "Griffin Phoenix Oracle Amulet Goblin Rune Giant Elf Sphinx Banshee Golem Chalice Prophet"
          + " Comet Mermaid";
  private static final String TOWN =
      "Tram Bakery Mayor Fountain Library Plaza Kiosk Barber Subway Theater Clock Tailor Scooter"
          + " Cinema Gallery";

  private static final double SAME_AS_PREVIOUS = 1.5;
  private static final double SAME_AS_FIRST = .8;

  private static final Map<String, Entry> ENTRIES = entries(COAST, FARM, LEGEND, TOWN);

  /// Every word.
  static final List<String> WORDS = List.of(String.join(" ", COAST, FARM, LEGEND, TOWN).split(" "));

  private Lexicon() {}

  private record Entry(int theme, double weight) {}

  private static Map<String, Entry> entries(String... themes) {
    Map<String, Entry> entries = new HashMap<>();
    for (int theme = 0; theme < themes.length; theme++) {
      List<String> words = List.of(themes[theme].split(" "));
      for (int i = 0; i < words.size(); i++) {
        entries.put(words.get(i), new Entry(theme, 1 << i % 3));
      }
    }
    return entries;
  }

  static boolean knows(String word) {
    return ENTRIES.containsKey(word);
  }

  /// P(`one` is chosen and not `other`): the logit of a word is the log of its weight, 1.5 more if
  /// it has the theme of the previous choice, and .8 more if it has that of the first.
  ///
  /// @param chosen the words so far
  static double probability(String one, String other, List<String> chosen) {
    return 1 / (1 + StrictMath.exp(logit(other, chosen) - logit(one, chosen)));
  }

  private static double logit(String word, List<String> chosen) {
    Entry entry = entry(word);
    double logit = StrictMath.log(entry.weight);
    if (!chosen.isEmpty()) {
      logit += entry.theme == entry(chosen.getLast()).theme ? SAME_AS_PREVIOUS : 0;
      logit += entry.theme == entry(chosen.getFirst()).theme ? SAME_AS_FIRST : 0;
    }
    return logit;
  }

  private static Entry entry(String word) {
    return Objects.requireNonNull(ENTRIES.get(word));
  }
}
