package criticalwindows.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.model.Alternatives;
import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Naming;
import criticalwindows.model.Prediction;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.model.Watch;
import criticalwindows.model.WatchedLogProbs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What every backend must do. Each check takes a fresh model and a text it can go on from.
public final class ModelContract {
  private static final List<Sampling> SAMPLINGS =
      List.of(
          Sampling.PLAIN,
          new Sampling(.7, .9),
          new Sampling(1, .5),
          new Sampling(1.5, 1),
          Sampling.GREEDY);

  /// Rounding in a batch may swap two tokens that are nearly as likely as each other, and no
  /// others.
  private static final double MARGIN = .05;

  /// A whole text scored at once and the same text written token by token go through matrices of
  /// other shapes; over a hundred tokens the two sums stay well within this.
  private static final double SUM = .05;

  private static final int LENGTH = 40;

  private ModelContract() {}

  /// A model to check.
  ///
  /// @param start a prompt that it goes on from for at least a dozen tokens
  public record Subject(Model model, Tokens start) {
    private Script greedy(Tokens from, int length) {
      return new Script(from, List.of(Step.sample(Sampling.GREEDY, length)), 0L);
    }

    private Script plain(long seed) {
      return new Script(start, List.of(Step.sample(Sampling.PLAIN, LENGTH)), seed);
    }

    /// Writes greedily, alone, and asks for the state to be kept.
    private Sampled original() throws InterruptedException {
      List<Step> steps = List.of(Step.sample(Sampling.GREEDY, LENGTH), new Step.Keep());
      return Models.run(model, new Script(start, steps, 0L)).last();
    }

    private Sampled alone(Tokens from) throws InterruptedException {
      return Models.run(model, greedy(from, LENGTH)).last();
    }

    private double logProb(Tokens before, int id) throws InterruptedException {
      return score(before, Tokens.of(id));
    }

    private double score(Tokens before, Tokens text) throws InterruptedException {
      return Models.score(model, before, text).sum();
    }
  }

  /// Decoded alone, a greedy continuation from any cut is the original, bit for bit.
  public static void continuesExactlyFromEveryCut(Subject subject) throws InterruptedException {
    Sampled original = subject.original();
    int size = original.tokens().size();
    assertThat(size).isGreaterThan(10);
    for (int kept = 0; kept < size; kept += 3) {
      Tokens from = subject.start.plus(original.tokens().prefix(kept));
      Sampled rest = Models.run(subject.model, subject.greedy(from, LENGTH - kept)).last();
      assertThat(rest.tokens()).isEqualTo(original.tokens().slice(kept, size));
      for (int i = 0; i < rest.logProbs().size(); i++) {
        assertThat(rest.logProbs().at(i)).isEqualTo(original.logProbs().at(kept + i));
      }
    }
  }

  /// In a batch with others it is the original up to the first step at which two tokens are nearly
  /// as likely as each other.
  public static void continuesInABatchUpToTheFirstNarrowStep(Subject subject)
      throws InterruptedException {
    Sampled original = subject.original();
    int size = original.tokens().size();
    List<Script> scripts = new ArrayList<>();
    for (int kept = 0; kept < size; kept++) {
      Tokens from = subject.start.plus(original.tokens().prefix(kept));
      scripts.add(subject.greedy(from, LENGTH - kept));
      scripts.add(subject.plain(kept));
    }
    List<Completion> completions = Models.run(subject.model, scripts);
    for (int kept = 0; kept < size; kept++) {
      Tokens whole = original.tokens().prefix(kept).plus(completions.get(2 * kept).last().tokens());
      int same = whole.commonPrefix(original.tokens());
      if (same < Math.min(whole.size(), size)) {
        Tokens before = subject.start.plus(whole.prefix(same));
        double margin =
            subject.logProb(before, whole.at(same))
                - subject.logProb(before, original.tokens().at(same));
        assertThat(Math.abs(margin)).as("kept %d, differs at %d", kept, same).isLessThan(MARGIN);
      }
    }
  }

  /// Plain text becomes ids and comes back, whatever it spells.
  public static void idsRoundTrip(Subject subject) {
    List<String> controls = List.copyOf(subject.model.vocabulary().controls().keySet());
    List<String> texts = new ArrayList<>(List.of("The answer is (B).", "17 + 42 = 59.\n\n  x"));
    texts.addAll(controls);
    for (String text : texts) {
      Tokens ids = subject.model.vocabulary().encode(text);
      assertThat(subject.model.vocabulary().decode(ids)).isEqualTo(text);
      assertThat(subject.model.vocabulary().controls().values())
          .noneMatch(control -> ids.indexOf(control) >= 0);
    }
  }

  /// No begin-of-text token comes by itself, and a conversation has at most one.
  public static void beginsOnce(Subject subject) {
    assertThat(subject.model.vocabulary().begin()).isPresent();
    int begin = subject.model.vocabulary().begin().getAsInt();
    assertThat(subject.model.vocabulary().encode("A text").indexOf(begin)).isEqualTo(-1);
    String name = subject.model.vocabulary().show(begin);
    String rendered =
        subject.model.chatTemplate().render(List.of(Message.system("a"), Message.user("b")));
    assertThat(rendered.split(java.util.regex.Pattern.quote(name), -1)).hasSizeLessThan(3);
  }

  /// Writing ends at a stop token, which is not written but has a log-probability; or at the limit.
  public static void stopsWhereToldTo(Subject subject) throws InterruptedException {
    Sampled original = subject.original();
    Set<Integer> stops = subject.model.vocabulary().stops();
    assertThat(original.tokens().stream().boxed()).doesNotContainAnyElementsOf(stops);
    int stop = original.tokens().at(7);
    int first = original.tokens().indexOf(stop);
    Step own = new Step.Sample(Sampling.GREEDY, LENGTH, Set.of(stop));
    Sampled cut = Models.run(subject.model, new Script(subject.start, List.of(own), 0L)).last();
    assertThat(cut.finish()).isEqualTo(FinishReason.STOP);
    assertThat(cut.tokens()).isEqualTo(original.tokens().prefix(first));
    Sampled limited = Models.run(subject.model, subject.greedy(subject.start, 5)).last();
    assertThat(limited.finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(limited.tokens()).isEqualTo(original.tokens().prefix(5));
  }

  /// What follows a stop or a limit goes on from what was written.
  public static void feedsIntoTheLiveText(Subject subject) throws InterruptedException {
    Tokens fed = subject.model.vocabulary().encode("ab");
    Step write = Step.sample(Sampling.GREEDY, 4);
    Script chain = new Script(subject.start, List.of(write, new Step.Feed(fed), write, write), 0L);
    List<Sampled> samples = Models.run(subject.model, chain).samples();
    assertThat(samples).hasSize(3);
    Tokens before = subject.start;
    for (int i = 0; i < samples.size(); i++) {
      Tokens written = samples.get(i).tokens();
      Sampled again = Models.run(subject.model, subject.greedy(before, 4)).last();
      assertThat(written.commonPrefix(again.tokens())).isEqualTo(written.size());
      before = before.plus(written).plus(i == 0 ? fed : Tokens.none());
    }
  }

  /// A seed gives its text again; other seeds give other texts. Each is decoded alone from the same
  /// kept state, so that no rounding differs.
  public static void seedsDecide(Subject subject) throws InterruptedException {
    subject.original();
    Set<Tokens> texts = new HashSet<>();
    for (int seed = 0; seed < 8; seed++) {
      Completion first = Models.run(subject.model, subject.plain(seed));
      Completion second = Models.run(subject.model, subject.plain(seed));
      assertThat(second.samples()).isEqualTo(first.samples());
      texts.add(first.last().tokens());
    }
    assertThat(texts).hasSizeGreaterThan(3);
  }

  /// The log-probabilities of what was drawn are those of the text.
  public static void logProbsSumToTheScore(Subject subject) throws InterruptedException {
    for (Sampling sampling : List.of(Sampling.PLAIN, Sampling.GREEDY, new Sampling(.7, .9))) {
      Script script = new Script(subject.start, List.of(Step.sample(sampling, LENGTH)), 3L);
      Sampled written = Models.run(subject.model, script).last();
      LogProbs scores = Models.score(subject.model, subject.start, written.tokens());
      assertThat(scores.size()).isEqualTo(written.tokens().size());
      double sum = 0;
      for (int i = 0; i < written.tokens().size(); i++) {
        sum += written.logProbs().at(i);
      }
      assertThat(sum).isCloseTo(scores.sum(), within(SUM));
    }
  }

  /// At the place that is watched, alone and in a batch with others, the probabilities are those of
  /// scoring; at a place that is not come to there are none.
  public static void probsAreThoseOfScoring(Subject subject) throws InterruptedException {
    Tokens written = subject.original().tokens();
    Tokens after = written.prefix(5);
    Tokens ids = Tokens.of(written.stream().skip(3).distinct().limit(4).toArray());
    Watch never = new Watch(after.plus(after), ids);
    List<Script> scripts = new ArrayList<>(List.of(watched(subject, new Watch(after, ids))));
    IntStream.range(0, 6).mapToObj(subject::plain).forEach(scripts::add);
    scripts.add(watched(subject, never));
    List<Completion> completions = Models.run(subject.model, scripts);
    for (Sampled sampled :
        List.of(
            Models.run(subject.model, scripts.getFirst()).last(), completions.getFirst().last())) {
      assertThat(sampled.tokens().startsWith(after)).isTrue();
      for (int i = 0; i < ids.size(); i++) {
        double scored = subject.logProb(subject.start.plus(after), ids.at(i));
        assertThat(Math.exp(sampled.probs().written().at(i)))
            .isCloseTo(Math.exp(scored), within(.02));
      }
      assertThat(sampled.probs().written().size()).isEqualTo(ids.size());
      assertThat(sampled.probs().forced().isEmpty()).isTrue();
    }
    assertThat(completions.getLast().last().probs()).isEqualTo(WatchedLogProbs.NONE);
  }

  /// What is not come to is read aside: names in the place of one that was written, and ids behind
  /// what was not. What was written is then gone on from, as if nothing had been read.
  public static void readsAsideWhatIsNotWritten(Subject subject) throws InterruptedException {
    Vocabulary vocabulary = subject.model.vocabulary();
    Step plain = Step.sample(Sampling.GREEDY, 20);
    Step next = Step.sample(Sampling.GREEDY, 6);
    Script unread = new Script(subject.start, List.of(plain, next), 0L);
    List<Sampled> expected = Models.run(subject.model, unread).samples();
    Tokens written = expected.getFirst().tokens();
    Tokens ids = Tokens.of(written.stream().distinct().limit(2).toArray());
    Tokens forced = ids.plus(ids).plus(ids);
    assertThat(written.startsWith(forced)).isFalse();
    String reply = vocabulary.decode(written);
    String half = reply.substring(0, reply.length() / 2);
    Naming naming = new Naming(List.of(List.of(reply, half + "7q", half + "q7")));
    Alternatives named = naming.in(written, vocabulary).orElseThrow();
    Watch watch = new Watch(forced, ids).everywhere(naming);
    Step read = new Step.Sample(Sampling.GREEDY, 20, Set.of()).watching(watch);
    List<Script> scripts = new ArrayList<>();
    scripts.add(new Script(subject.start, List.of(read, next), 0L));
    IntStream.range(0, 6).mapToObj(subject::plain).forEach(scripts::add);
    Completion alone = Models.run(subject.model, scripts.getFirst());
    for (Completion seen : List.of(alone, Models.run(subject.model, scripts).getFirst())) {
      WatchedLogProbs probs = seen.samples().getFirst().probs();
      assertThat(probs.written().size()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        Tokens before = subject.start.plus(named.after());
        double scored = subject.score(before, named.texts().get(i));
        assertThat(Math.exp(probs.written().at(i))).isCloseTo(Math.exp(scored), within(.02));
      }
      assertThat(probs.forced().size()).isEqualTo(2);
      for (int i = 0; i < 2; i++) {
        double scored = subject.logProb(subject.start.plus(forced), ids.at(i));
        assertThat(Math.exp(probs.forced().at(i))).isCloseTo(Math.exp(scored), within(.02));
      }
    }
    for (int i = 0; i < 2; i++) {
      Sampled here = alone.samples().get(i);
      assertThat(here.tokens()).isEqualTo(expected.get(i).tokens());
      assertThat(here.finish()).isEqualTo(expected.get(i).finish());
    }
  }

  /// Texts that are scored beside each other, at three places of one script, have the scores that
  /// they have alone, and the script goes on as if nothing had been scored.
  public static void scoresTextsBesideEachOther(Subject subject) throws InterruptedException {
    Sampled original = subject.original();
    Tokens written = original.tokens();
    Tokens head = written.prefix(5);
    Tokens one = Tokens.of(written.at(0));
    List<Tokens> texts = List.of(head.plus(one), head, one.plus(one).plus(one), head.plus(head));
    Step write = Step.sample(Sampling.GREEDY, LENGTH);
    List<Step> steps =
        List.of(
            new Step.Score(texts),
            new Step.Feed(head),
            new Step.Score(new Alternatives(one, texts)),
            write,
            new Step.Score(List.of(one)));
    List<Script> scripts = new ArrayList<>(List.of(new Script(subject.start, steps, 0L)));
    IntStream.range(0, 6).mapToObj(subject::plain).forEach(scripts::add);
    Completion alone = Models.run(subject.model, scripts.getFirst());
    Tokens rest = subject.alone(subject.start.plus(head)).tokens();
    assertThat(alone.last().tokens()).isEqualTo(rest);
    Tokens end = subject.start.plus(head).plus(rest);
    for (Completion seen : List.of(alone, Models.run(subject.model, scripts).getFirst())) {
      assertThat(seen.scores()).hasSize(3);
      assertScores(subject, subject.start, texts, seen.scores().get(0));
      assertScores(subject, subject.start.plus(head).plus(one), texts, seen.scores().get(1));
      assertThat(seen.last().tokens().isEmpty()).isFalse();
    }
    assertScores(subject, end, List.of(one), alone.scores().get(2));
  }

  private static void assertScores(
      Subject subject, Tokens before, List<Tokens> texts, List<Scored> scores)
      throws InterruptedException {
    assertThat(scores).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      LogProbs single = Models.score(subject.model, before, texts.get(i));
      assertThat(scores.get(i).logProbs().size()).isEqualTo(texts.get(i).size());
      for (int at = 0; at < single.size(); at++) {
        assertThat(Math.exp(scores.get(i).logProbs().at(at)))
            .isCloseTo(Math.exp(single.at(at)), within(.02));
      }
    }
  }

  /// At a place every id's prediction follows from the plain probabilities of all of them.
  public static void predictionsFollowFromThePlainProbabilities(Subject subject)
      throws InterruptedException {
    Tokens written = subject.original().tokens().prefix(3);
    List<Tokens> every =
        IntStream.range(0, subject.model.vocabulary().size())
            .mapToObj(id -> Tokens.of(id))
            .toList();
    for (Sampling sampling : SAMPLINGS) {
      List<Step> steps = new ArrayList<>();
      for (int i = 0; i < written.size(); i++) {
        steps.add(new Step.Score(every).withPredictions(sampling));
        steps.add(new Step.Feed(Tokens.of(written.at(i))));
      }
      Completion completion = Models.run(subject.model, new Script(subject.start, steps, 0L));
      assertThat(completion.scores()).hasSize(written.size());
      completion.scores().forEach(place -> Predictions.assertExact(place, sampling));
    }
  }

  /// What is sampled has a prediction at each token, the stop token too, where they are wanted;
  /// each can be drawn, and those of a text that is scored are the same.
  public static void whatIsDrawnWasPredicted(Subject subject) throws InterruptedException {
    for (Sampling sampling : SAMPLINGS) {
      Step step = new Step.Sample(sampling, LENGTH, Set.of()).withPredictions();
      Sampled drawn =
          Models.run(subject.model, new Script(subject.start, List.of(step), 3L)).last();
      assertThat(drawn.predictions()).hasSize(drawn.logProbs().size());
      for (int i = 0; i < drawn.predictions().size(); i++) {
        Prediction prediction = drawn.predictions().get(i);
        assertThat(prediction.possible()).isTrue();
        assertThat(prediction.likeliestLogProb()).isGreaterThanOrEqualTo(drawn.logProbs().at(i));
        if (i < drawn.tokens().size() && drawn.tokens().at(i) == prediction.likeliest()) {
          assertThat(prediction.likeliestLogProb()).isEqualTo(drawn.logProbs().at(i));
        }
      }
      Step again = new Step.Score(List.of(drawn.tokens())).withPredictions(sampling);
      Script script = new Script(subject.start, List.of(again), 0L);
      Scored scored = Models.run(subject.model, script).scores().getFirst().getFirst();
      assertThat(scored.predictions()).hasSize(drawn.tokens().size());
      for (int i = 0; i < scored.predictions().size(); i++) {
        Prediction one = drawn.predictions().get(i);
        Prediction other = scored.predictions().get(i);
        assertThat(other.entropy()).isCloseTo(one.entropy(), within(.05f));
        assertThat(Math.exp(other.likeliestLogProb()))
            .isCloseTo(Math.exp(one.likeliestLogProb()), within(.02));
      }
    }
    assertThat(subject.original().predictions()).isEmpty();
  }

  private static Script watched(Subject subject, Watch watch) {
    Step step = Step.sample(Sampling.GREEDY, LENGTH).watching(watch);
    return new Script(subject.start, List.of(step), 0L);
  }

  /// At least one text fits, and no more long ones than short ones.
  public static void widthShrinksWithLength(Subject subject) {
    int longest = subject.model.contextLength();
    int wide = subject.model.width(longest / 2);
    assertThat(subject.model.width(longest)).isBetween(1, wide);
  }

  /// An interrupt ends a run, what was reported stands, and the model goes on.
  public static void canBeInterrupted(Subject subject) throws InterruptedException {
    int more = 2 + 2 * subject.model.width(subject.start.size() + LENGTH);
    List<Script> scripts = IntStream.range(0, more).mapToObj(subject::plain).toList();
    List<Integer> reported = new ArrayList<>();
    assertThatThrownBy(
            () ->
                subject.model.run(
                    scripts,
                    (index, completion) -> {
                      reported.add(index);
                      Thread.currentThread().interrupt();
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(reported).isNotEmpty().hasSizeLessThan(scripts.size()).doesNotHaveDuplicates();
    assertThat(Models.run(subject.model, subject.plain(1)).last().tokens().isEmpty()).isFalse();
  }

  /// A script that cannot be is refused before any other runs.
  public static void refusesBadScriptsFirst(Subject subject) {
    Script tooLong = subject.greedy(subject.start, subject.model.contextLength());
    Tokens unknown = Tokens.of(subject.model.vocabulary().size());
    Script badStart = subject.greedy(subject.start.plus(unknown), 1);
    Script badFeed =
        new Script(
            subject.start, List.of(new Step.Feed(unknown), Step.sample(Sampling.GREEDY, 1)), 0L);
    Script badScore =
        new Script(
            subject.start,
            List.of(new Step.Score(List.of(unknown)), Step.sample(Sampling.GREEDY, 1)),
            0L);
    for (Script bad : List.of(tooLong, badStart, badFeed, badScore)) {
      List<Script> scripts = List.of(subject.plain(1), bad);
      assertThatThrownBy(
              () -> subject.model.run(scripts, (index, done) -> assertThat(index).isNegative()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
