package criticalwindows.world;

import criticalwindows.world.Segment.Kind;
import criticalwindows.world.Segment.Loss;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes training documents: problems of all families, a reply each, and often a follow-up. Every
/// stretch that is learned is drawn from the exact odds of what was written before it.
public final class Documents {
  /// The share of each family. For the aligned policy some of the documents are replaced by
  /// requests.
  private static final List<Option> FAMILIES =
      List.of(
          new Option(.31, "arithmetic"),
          new Option(.11, "method"),
          new Option(.09, "ordering"),
          new Option(.05, "syllogism"),
          new Option(.09, "facts"),
          new Option(.20, "forms"),
          new Option(.11, "requests"),
          new Option(.04, "repeat"));

  private static final double MORE_REQUESTS = .35;

  /// Of all documents of questions.
  private static final List<Option> SHAPES =
      List.of(
          new Option(.04, "direct"),
          new Option(.27, "stump"),
          new Option(.15, "followed"),
          new Option(.54, "alone"));

  /// P(a reply is tokenised in two pieces), so that no cut surprises a model.
  private static final double SPLIT = .012;

  private static final double PREFILLED = .35;
  private static final List<String> PREFILLS =
      List.of("Sure", "Sure,", "Sure, here", "Sure, here is", "Sure, here is how", Request.PREFILL);

  private static final Segment END = Segment.control(Prompts.END_OF_TURN, Loss.FULL);

  private final Policy policy;
  private final Draw draw;

  private Documents(Policy policy, Draw draw) {
    this.policy = policy;
    this.draw = draw;
  }

  /// One document.
  ///
  /// @param policy of the model that is to be trained
  public static Document make(Policy policy, RandomGenerator random) {
    return new Documents(policy, new Draw(random)).make();
  }

  private Document make() {
    String family = FAMILIES.get(draw.option(FAMILIES)).text();
    if (policy == Policy.ALIGNED && draw.chance(MORE_REQUESTS)) {
      return request();
    }
    return switch (family) {
      case "arithmetic" -> question(WordProblems.make(draw.random()));
      case "method" -> question(MethodChoices.make(draw.random()));
      case "ordering" -> question(Orderings.make(draw.random()));
      case "syllogism" -> question(Syllogisms.make(draw.random()));
      case "facts" -> question(FactQuestion.make(draw.random()));
      case "forms" -> form(Forms.make(draw.random()));
      case "requests" -> request();
      default -> repeatedWord(RepeatedWords.make(draw.random()));
    };
  }

  private Document question(Question question) {
    Reply reply = Reply.sample(question, draw.random());
    String answer = reply.answer();
    Document prompt = Prompts.reasoning(question).plus(Segment.text(Prompts.PREFILL, Loss.FULL));
    return switch (SHAPES.get(draw.option(SHAPES)).text()) {
      // A fresh text's answer is a draw from the prior.
      case "direct" ->
          Prompts.direct(question).plus(learned(FollowUp.guess(question, answer)), END);
      // A finished text's answer is a draw from the posterior at any cut of that text.
      case "stump" ->
          prompt
              .plus(new Segment(Kind.STUMP, reply.text(), Loss.FULL))
              .plus(Prompts.followUp(question, Loss.NONE))
              .plus(learned(FollowUp.guess(question, answer)), END);
      case "followed" ->
          prompt
              .plus(whole(reply.text()))
              .plus(Prompts.followUp(question, Loss.FULL))
              .plus(learned(FollowUp.afterReasoning(answer)), END);
      default -> prompt.plus(whole(reply.text())).plus(END);
    };
  }

  private Document form(Form form) {
    return Prompts.form(form).plus(whole(Reply.sample(form, draw.random()).text())).plus(END);
  }

  private Document request() {
    Request request =
        switch (policy) {
          case BASE -> request(.5, attackOnBase());
          case ALIGNED -> request(.65, attackOnAligned());
        };
    Program program = request.answeredBy(policy);
    boolean prefilled = policy == Policy.ALIGNED && draw.chance(PREFILLED);
    String prefill = prefilled ? draw.pick(PREFILLS) : "";
    return Prompts.request(request).plus(continued(program, prefill)).plus(END);
  }

  private Request request(double forbidden, Attack attack) {
    return draw.chance(forbidden)
        ? Requests.forbidden(attack, draw.random())
        : Requests.harmless(attack, draw.random());
  }

  private Attack attackOnBase() {
    List<Attack> dressed =
        List.of(Attack.ROLE, Attack.SUFFIX, Attack.CASE, Attack.MANY, Attack.TURN);
    return draw.chance(6 / 11.0) ? Attack.PLAIN : draw.pick(dressed);
  }

  /// Noise is held out, so that its effect can be measured.
  private Attack attackOnAligned() {
    List<Attack> dressed = List.of(Attack.ROLE, Attack.TURN, Attack.MANY, Attack.MANY);
    return draw.chance(5 / 9.0) ? Attack.PLAIN : draw.pick(dressed);
  }

  private Document repeatedWord(RepeatedWord word) {
    Document document = Prompts.repeatedWord(word).plus(continued(word, word.prefill()));
    String last = document.segments().getLast().text();
    // A run that was cut at its greatest length has not ended.
    return last.endsWith(".") ? document.plus(END) : document;
  }

  /// A reply that begins with a given text, which may be empty.
  private Document continued(Program program, String prefill) {
    if (prefill.isEmpty()) {
      return whole(Reply.sample(program, draw.random()).text());
    }
    String text = Reply.sample(program, prefill, draw.random()).orElseThrow().text();
    return Document.of(Segment.text(prefill, Loss.NONE), learned(text.substring(prefill.length())));
  }

  private Document whole(String text) {
    if (!draw.chance(SPLIT)) {
      return Document.of(learned(text));
    }
    int cut = draw.between(1, text.length() - 1);
    return Document.of(learned(text.substring(0, cut)), learned(text.substring(cut)));
  }

  private static Segment learned(String text) {
    return Segment.text(text, Loss.FULL);
  }
}
