package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.util.Optional;
import java.util.stream.Stream;

/// `repeats`: whether what was written begins with a word once more, the word that the item is
/// about. It is read behind what was given alone, so that no word of a prompt counts.
///
/// It has to be a word of its own: `company's` begins with *company*, and `companies` does not.
record RepeatsReader() implements Scorer {
  private static final Outcome GOES_ON = new Fixed("goes on");
  private static final Outcome STOPS = new Fixed("stops");

  static Scorer parse(Spec spec) {
    return spec.alone(new RepeatsReader());
  }

  @Override
  public Outcome of(Problem item, Said said) {
    String word = item.task();
    String text = said.response().stripLeading();
    boolean begins = text.startsWith(word);
    return begins && !within(text.substring(word.length())) ? GOES_ON : STOPS;
  }

  /// Whether a word goes on here.
  private static boolean within(String rest) {
    return rest.codePoints().limit(1).anyMatch(Character::isLetterOrDigit);
  }

  @Override
  public Optional<Outcome> named(Problem item, String name) {
    return Stream.of(GOES_ON, STOPS).filter(each -> each.show().equals(name)).findFirst();
  }
}
