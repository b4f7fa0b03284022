package criticalwindows.store;

import criticalwindows.cot.CotSettings;
import criticalwindows.database.Database;
import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Runs to try things on. Every wave follows from its number alone.
final class Examples {
  /// Text that a model can write and a database can stumble over.
  private static final String[] ODD = {
    "",
    "plain",
    "two\nlines\r\n",
    "it's \"quoted\" \\ here",
    "nul \u0000 in it",
    "\u0001\u0007\u001b\u007f",
    "\u001a\u001a0041",
    "h\u00e9 \u4e16\u754c \ud83d\ude00",
    "half \ud83d",
    "\ude00 other half",
    "\ude00\ud83d\ud83d\ude00\ud83d",
    "\ufeff\ufffe\uffff"
  };

  /// The ids of problems with choices.
  private static final Set<String> CHOOSING =
      problems(100).stream()
          .filter(problem -> problem.form() == Problem.Form.CHOICE)
          .map(Problem::id)
          .collect(Collectors.toSet());

  private Examples() {}

  static final CotSettings SETTINGS =
      new CotSettings(CutPlan.parse(".05,.1,.3"), 25, new Sampling(.7, .95), 2048, -7L);

  /// A store that folds after so many waves.
  static Storage storage(int foldAfter) {
    return new Storage(256, 2, foldAfter, Duration.ofSeconds(30));
  }

  static Manifest manifest() {
    return Manifest.of(
            "cot",
            SETTINGS.asData(),
            new Manifest.ModelFile("base", "built-in", "00ff"),
            new Manifest.Items("small", 3))
        .with(Map.of("version", "0.1.0", "machine", "h\u00e9 \"x\""))
        .plus(new Manifest.Session(Instant.parse("2026-11-21T00:00:00Z"), Map.of("pid", "1")));
  }

  static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                i % 2 == 0
                    ? Problem.of("small", "math", "What is 6 + " + i + "?", List.of(), "" + (6 + i))
                    : Problem.of(
                        "small",
                        "logic",
                        "Which? " + ODD[i % ODD.length],
                        List.of(new Choice("A", ODD[(i + 1) % ODD.length]), new Choice("B", "b")),
                        "A"))
        .toList();
  }

  /// The wave of this number: one to six scripts of two turns, for one problem after the other.
  static List<Sample> wave(List<Problem> problems, int number) {
    Random random = new Random(number);
    List<Sample> wave = new ArrayList<>();
    int scripts = 1 + random.nextInt(6);
    for (int i = 0; i < scripts; i++) {
      String problem = problems.get((number + i) % problems.size()).id();
      Key key = Key.resample(problem, number, i);
      wave.add(sample(key, Sample.Turn.RESPONSE, number, random));
      wave.add(sample(key, Sample.Turn.ANSWER, number, random));
    }
    return wave;
  }

  static Sample sample(Key key, Sample.Turn turn, int wave, Random random) {
    int length = random.nextInt(5) == 0 ? 0 : random.nextInt(40);
    String text = ODD[random.nextInt(ODD.length)];
    boolean stopped = random.nextBoolean();
    float[] logProbs = new float[length + (stopped ? 1 : 0)];
    for (int i = 0; i < logProbs.length; i++) {
      logProbs[i] = logProb(random);
    }
    return new Sample(
        key,
        turn,
        Tokens.of(random.ints(length, 0, Integer.MAX_VALUE).toArray()),
        text,
        random.nextBoolean() ? List.of() : random.ints(length, 0, 99).boxed().toList(),
        stopped ? FinishReason.STOP : FinishReason.LENGTH,
        LogProbs.of(logProbs),
        CHOOSING.contains(key.item()) && random.nextBoolean()
            ? probs(random)
            : WatchedLogProbs.NONE,
        random.nextBoolean() ? List.of() : predictions(logProbs.length, random),
        random.nextLong(),
        "engine " + ODD[random.nextInt(ODD.length)],
        wave,
        Duration.ofNanos(random.nextLong() >>> 2));
  }

  /// Of two choices, one of which may be impossible.
  private static WatchedLogProbs probs(Random random) {
    LogProbs written = LogProbs.of(-.1f - random.nextFloat(), logProb(random));
    LogProbs forced = LogProbs.of(logProb(random), -.1f - random.nextFloat());
    return new WatchedLogProbs(written, random.nextBoolean() ? forced : LogProbs.NONE);
  }

  /// Of any token and of one that cannot be drawn, with texts of all kinds.
  private static List<Predicted> predictions(int count, Random random) {
    List<Predicted> predictions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean possible = random.nextInt(5) > 0;
      Prediction prediction =
          new Prediction(
              random.nextFloat(),
              random.nextInt(Integer.MAX_VALUE),
              logProb(random),
              possible ? random.nextFloat() - .5f : Float.NEGATIVE_INFINITY,
              random.nextFloat(),
              new Prediction.Ratios(
                  random.nextFloat(), -random.nextFloat(), random.nextFloat(), -0.0f));
      predictions.add(new Predicted(prediction, ODD[random.nextInt(ODD.length)]));
    }
    return predictions;
  }

  private static float logProb(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> -0.0f;
      case 1 -> 0.0f;
      case 2 -> Float.NEGATIVE_INFINITY;
      case 3 -> -Float.MIN_VALUE;
      default -> -random.nextFloat();
    };
  }

  /// All rows of a ledger, in the order in which it gives them.
  static List<Sample> all(Ledger ledger) {
    List<Sample> all = new ArrayList<>();
    ledger.forEach((problem, samples) -> all.addAll(samples));
    return all;
  }

  /// The rows of the waves from 1 to `last`, in a ledger's order.
  static List<Sample> waves(List<Problem> problems, int last) {
    criticalwindows.rollout.MemoryLedger ledger =
        new criticalwindows.rollout.MemoryLedger(problems);
    for (int number = 1; number <= last; number++) {
      ledger.append(wave(problems, number));
    }
    return all(ledger);
  }

  /// Appends waves that stay in segments, as after a kill: someone reads while the run is closed.
  static void appendUnfolded(Path folder, int first, int last) throws SQLException {
    Storage storage = Examples.storage(1000);
    try (Database reader = Database.open(storage.share(), "", folder)) {
      try (RunFolder run = RunFolder.resume(folder, storage)) {
        for (int number = first; number <= last; number++) {
          run.ledger().append(wave(run.ledger().problems(), number));
        }
        reader.run(
            "ATTACH " + Database.literal(new RunFiles(folder).ledger()) + " AS reader (READ_ONLY)");
      }
    }
  }
}
