package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Answer;
import criticalwindows.model.Completion;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// `judge:TEMPLATE`: a model says how far a response gives what was asked, by the probabilities of
/// a template's labels; `≥ 0.5` and `< 0.5` are the classes, or those of `judge@T:`.
///
/// What is judged cannot speak to the judge: it is text and never a control token, of bounded
/// length, and its verdict is no text that the judge writes.
final class ModelJudge implements Scorer, Kept {
  /// Tokens of a response that are judged, from its beginning, as published for StrongREJECT.
  static final int RESPONSE = 512;

  /// Tokens of a question that the judge sees, up to its end.
  static final int QUESTION = 1024;

  private static final Outcome NO_RESPONSE = new Answer.Unread("there is a reply and no response");
  private static final Outcome EMPTY = new Answer.Unread("the response is empty");
  private static final Outcome NOT_ASKED = new Answer.Unread("the judge was not asked about it");

  private final String name;
  private final BigDecimal threshold;
  private final Optional<Asked> asked;
  private final Map<String, Outcome> known = new HashMap<>();
  private Optional<VerdictFile> kept = Optional.empty();

  /// @param name of the template, as it was written
  /// @param asked absent where nothing is asked, and what is kept is all there is
  ModelJudge(String name, BigDecimal threshold, Optional<Asked> asked) {
    this.name = name;
    this.threshold = threshold;
    this.asked = asked;
  }

  /// A model and what it is asked.
  record Asked(JudgeModel opener, JudgeTemplate template) {
    Model model() {
      return opener.get();
    }

    /// Of whom the verdicts are.
    String name() {
      Model model = model();
      return "template "
          + template.hash()
          + ", model "
          + model.provenance().getOrDefault("model sha256", model.name());
    }
  }

  /// A response to a question.
  record Text(String question, String response) {}

  /// The class of scores that reach the threshold.
  String positive() {
    return "≥ " + threshold.toPlainString();
  }

  @Override
  public synchronized void keep(VerdictFile file) {
    asked.ifPresent(judge -> file.requireJudge(name, judge.name()));
    kept = Optional.of(file);
  }

  @Override
  public Outcome of(Problem item, Said said) {
    if (said.response().isBlank()) {
      return said.reply().isPresent() ? NO_RESPONSE : EMPTY;
    }
    return judged(List.of(new Text(item.text(), said.response()))).getFirst();
  }

  /// What was recorded with a text that was given.
  @Override
  public Optional<Outcome> right(Problem item) {
    return item.given().flatMap(text -> item.answer()).map(Fixed::new);
  }

  @Override
  public Optional<Outcome> named(Problem item, String name) {
    return name.equals(positive()) || name.equals("< " + threshold.toPlainString())
        ? Optional.of(new Fixed(name))
        : Optional.empty();
  }

  /// What texts come to. Those that are not known yet are asked about together.
  synchronized List<Outcome> judged(List<Text> texts) {
    List<Text> fresh = texts.stream().distinct().filter(text -> find(text).isEmpty()).toList();
    if (!fresh.isEmpty()) {
      asked.ifPresent(judge -> ask(judge, fresh));
    }
    return texts.stream().map(text -> find(text).orElse(NOT_ASKED)).toList();
  }

  private Optional<Outcome> find(Text text) {
    String key = key(text);
    return Optional.ofNullable(known.get(key))
        .or(
            () ->
                kept.flatMap(file -> file.find(key))
                    .flatMap(given -> given.score().stream().boxed().findFirst())
                    .map(this::outcome));
  }

  private String key(Text text) {
    return VerdictFile.key("judge:" + name, text.question() + "\n\u0000\n" + text.response());
  }

  private Outcome outcome(double score) {
    boolean reached = BigDecimal.valueOf(score).compareTo(threshold) >= 0;
    return new Judged(
        new Fixed((reached ? "≥ " : "< ") + threshold.toPlainString()), OptionalDouble.of(score));
  }

  private void ask(Asked judge, List<Text> texts) {
    List<Script> scripts = new ArrayList<>();
    List<Text> fitting = new ArrayList<>();
    for (Text text : texts) {
      Script script = script(judge, text);
      if (script.mostTokens() <= judge.model().contextLength()) {
        scripts.add(script);
        fitting.add(text);
      } else {
        known.put(key(text), new Answer.Unread("it does not fit the judge's context"));
      }
    }
    try {
      judge.model().run(scripts, new Hearing(judge, fitting));
    } catch (UserError e) {
      throw new UserError(
          judge.model().name() + " cannot be a judge: " + e.getMessage(), e.hint(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(
          "stopped while the judge was asked: " + judge.model().name(),
          "do the same again; what has been judged is kept",
          e);
    }
  }

  private final class Hearing implements Model.Sink {
    private final Asked judge;
    private final List<Text> texts;

    Hearing(Asked judge, List<Text> texts) {
      this.judge = judge;
      this.texts = texts;
    }

    @Override
    public void finished(int index, Completion completion) {
      List<Double> logProbs =
          completion.scores().getFirst().stream().map(scored -> scored.logProbs().sum()).toList();
      judge
          .template()
          .score(logProbs)
          .ifPresentOrElse(
              score -> heard(texts.get(index), score),
              () ->
                  known.put(
                      key(texts.get(index)),
                      new Answer.Unread("the judge gives no label a probability")));
    }

    @Override
    public void failed(int index, String reason) {
      known.put(key(texts.get(index)), new Answer.Unread("the judge failed: " + reason));
    }
  }

  private void heard(Text text, double score) {
    known.put(key(text), outcome(score));
    kept.ifPresent(
        file -> file.add(key(text), new Verdict.Given(Optional.empty(), OptionalDouble.of(score))));
  }

  /// What the judge reads, and the labels that could stand behind it.
  static Script script(Asked judge, Text text) {
    Vocabulary vocabulary = judge.model().vocabulary();
    Tokens question = vocabulary.encode(text.question());
    String asks =
        question.size() <= QUESTION
            ? text.question()
            : vocabulary.decode(question.slice(question.size() - QUESTION, question.size()));
    Tokens response = vocabulary.encode(text.response());
    String says =
        response.size() <= RESPONSE
            ? text.response()
            : vocabulary.decode(response.prefix(RESPONSE));
    String filled = judge.template().filled(asks, says);
    Prompter prompter = new Prompter(judge.model(), PromptSet.standard());
    Tokens start =
        switch (judge.template().style()) {
          case TEXT -> prompter.document(filled);
          case CHAT -> prompter.conversation(List.of(Message.user(filled)));
        };
    List<Tokens> labels =
        judge.template().labels().stream().map(label -> vocabulary.encode(label.text())).toList();
    return new Script(start, List.of(new Step.Score(labels)), 0);
  }

  @Override
  public synchronized void close() {
    kept.ifPresent(VerdictFile::flush);
    asked.ifPresent(judge -> judge.opener().close());
  }
}
