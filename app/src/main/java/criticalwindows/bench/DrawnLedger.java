package criticalwindows.bench;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Cut;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Sample;
import criticalwindows.store.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Fills a ledger as a run would, without a model: every row has the shape and size of a real one,
/// and its words and numbers are drawn. It measures the store and the reports, and says nothing
/// about any model.
public final class DrawnLedger {
  /// Ids that any vocabulary has, and that are no special tokens.
  private static final int LEAST_ID = 300;

  private static final int IDS = 700;
  private static final int WAVE = 2400;

  private static final List<String> WORDS =
      List.of(
          " the", " then", " add", " so", " we", " get", " 12", " 7", " is", " more", " left",
          " gives", " and", " first", " some", " all", " are", " boxes", ".", ",");

  private static final String REASONED = "The answer is %s.";
  private static final String GUESSED =
      "The best guess is %s. We check that, yes. The answer is %s.";
  private static final String UNREAD = "I do not know.";

  private final Ledger ledger;
  private final CotSettings settings;
  private final int tokens;
  private final List<Sample> wave = new ArrayList<>();
  private int waves;

  private DrawnLedger(Ledger ledger, CotSettings settings, int tokens) {
    this.ledger = ledger;
    this.settings = settings;
    this.tokens = tokens;
  }

  /// Fills a ledger with all rows of some of its problems.
  ///
  /// @param tokens of a response, about
  public static void fill(Ledger ledger, List<Problem> problems, CotSettings settings, int tokens) {
    DrawnLedger drawn = new DrawnLedger(ledger, settings, tokens);
    problems.forEach(drawn::add);
    drawn.commit();
  }

  /// The record of a run that no model has written. It does not say how its problems were made, so
  /// no exact curves are drawn beside what means nothing.
  public static Manifest manifest(String dataset, CotSettings settings) {
    return Manifest.of(
        CotSettings.EXPERIMENT,
        settings.asData(),
        new Manifest.ModelFile("none (drawn)", "none", "0".repeat(64)),
        new Manifest.Items(dataset, 0));
  }

  /// One problem's answers: which there are, and where the original's is decided.
  ///
  /// @param decided so many tokens kept and nearly all continuations agree
  /// @param before the share of them that agree with fewer
  private record Course(List<String> answers, int decided, double before) {
    String answer(int kept, SplittableRandom random) {
      boolean same = random.nextDouble() < (kept >= decided ? .96 : before);
      return same ? answers.getFirst() : answers.get(random.nextInt(answers.size()));
    }
  }

  private void add(Problem problem) {
    SplittableRandom random =
        new SplittableRandom(Key.original(problem.id()).seed(settings.seed()));
    int length = Math.max(2, tokens * 3 / 4 + random.nextInt(tokens / 2 + 1));
    Course course =
        new Course(answers(problem, random), random.nextInt(length), random.nextDouble() * .9);
    rows(Key.original(problem.id()), length, course.answers().getFirst(), random);
    rows(Key.direct(problem.id()), 0, course.answer(0, random), random);
    settings.cuts().cuts(length).stream()
        .mapToInt(Cut::kept)
        .distinct()
        .forEach(
            kept -> {
              rows(Key.early(problem.id(), kept), 0, course.answer(kept, random), random);
              for (int i = 0; i < settings.samples(); i++) {
                Key key = Key.resample(problem.id(), kept, i);
                rows(key, length - kept, course.answer(kept, random), random);
              }
            });
    if (wave.size() >= WAVE) {
      commit();
    }
  }

  private static List<String> answers(Problem problem, SplittableRandom random) {
    List<String> answers = new ArrayList<>();
    answers.add(problem.answer().orElseThrow());
    problem.choices().stream()
        .map(choice -> choice.label())
        .filter(label -> !answers.contains(label))
        .forEach(answers::add);
    for (int i = answers.size(); problem.choices().isEmpty() && i < 4; i++) {
      answers.add(Integer.toString(2 + random.nextInt(60)));
    }
    // Half of all originals are right.
    answers.addFirst(answers.remove(random.nextBoolean() ? 0 : random.nextInt(answers.size())));
    return answers;
  }

  private void rows(Key key, int length, String answer, SplittableRandom random) {
    boolean response = key.is(Arm.ORIGINAL) || key.is(Arm.RESAMPLE);
    if (response) {
      FinishReason finish =
          random.nextInt(100) == 0 && key.is(Arm.RESAMPLE)
              ? FinishReason.LENGTH
              : FinishReason.STOP;
      row(key, Sample.Turn.RESPONSE, text(length, random), finish);
    }
    String form = random.nextInt(100) == 0 ? UNREAD : response ? REASONED : GUESSED;
    String reply = form.replace("%s", shown(answer));
    row(key, Sample.Turn.ANSWER, List.of(reply), FinishReason.STOP);
  }

  private static String shown(String answer) {
    return Character.isLetter(answer.charAt(0)) ? "(" + answer + ")" : "$" + answer + "$";
  }

  private static List<String> text(int length, SplittableRandom random) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return words;
  }

  private void row(Key key, Sample.Turn turn, List<String> words, FinishReason finish) {
    SplittableRandom random = new SplittableRandom(key.seed(turn.name().length()));
    String text = String.join("", words);
    List<Integer> ends = new ArrayList<>();
    if (key.is(Arm.ORIGINAL) && turn == Sample.Turn.RESPONSE) {
      words.forEach(word -> ends.add(word.length() + (ends.isEmpty() ? 0 : ends.getLast())));
    }
    float[] logProbs = new float[words.size()];
    for (int i = 0; i < logProbs.length; i++) {
      logProbs[i] = (float) -random.nextExponential();
    }
    Tokens ids = Tokens.of(random.ints(words.size(), LEAST_ID, LEAST_ID + IDS).toArray());
    wave.add(
        new Sample(
            key,
            turn,
            ids,
            text,
            ends,
            finish,
            LogProbs.of(logProbs),
            key.seed(settings.seed()),
            "drawn",
            waves + 1,
            Duration.ofMillis(1)));
  }

  private void commit() {
    if (!wave.isEmpty()) {
      ledger.append(List.copyOf(wave));
      wave.clear();
      waves++;
    }
  }
}
