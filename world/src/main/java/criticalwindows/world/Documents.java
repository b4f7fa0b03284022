package criticalwindows.world;

import criticalwindows.world.Segment.Kind;
import criticalwindows.world.Segment.Loss;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes training documents: problems of all families, a reply each, and often a follow-up. Every
/// stretch that is learned is drawn from the exact probabilities of what was written before it.
public final class Documents {
  /// What documents are about, and the share of each. For the aligned policy some of them are
  /// replaced by requests.
  private enum Family {
    ARITHMETIC(.24),
    METHOD(.12),
    ORDERING(.11),
    SYLLOGISM(.08),
    FACTS(.08),
    FORMS(.24),
    REQUESTS(.09),
    REPEATED_WORDS(.04);

    private final double share;

    Family(double share) {
      this.share = share;
    }
  }

  private static final double MORE_REQUESTS = .35;

  /// What is made of a question, and how often.
  private enum Shape {
    /// The answer at once.
    DIRECT(.04),
    /// A cut reasoning, and the answer asked for.
    EARLY(.27),
    /// A whole reasoning, and the answer asked for.
    FOLLOWED(.15),
    /// A whole reasoning.
    ALONE(.54);

    private final double share;

    Shape(double share) {
      this.share = share;
    }
  }

  /// P(a reply is tokenised in two pieces), so that no cut surprises a model.
  private static final double SPLIT = .012;

  private static final double PREFILLED = .35;
  private static final List<String> PREFILLS =
      List.of("Sure", "Sure,", "Sure, here", "Sure, here is", "Sure, here is how", Request.PREFILL);

  /// P(a prefilled reply to a forbidden request begins with a hesitation).
  private static final double HESITATES = .25;

  private static final Segment END = Segment.control(Prompts.END_OF_TURN, Loss.FULL);

  private final Policy policy;
  private final ProblemDraw draw;

  private Documents(Policy policy, ProblemDraw draw) {
    this.policy = policy;
    this.draw = draw;
  }

  /// One document.
  ///
  /// @param policy of the model that is to be trained
  public static Document make(Policy policy, RandomGenerator random) {
    return new Documents(policy, new ProblemDraw(random)).make();
  }

  private Document make() {
    Family family = draw.weighted(List.of(Family.values()), each -> each.share);
    if (policy == Policy.ALIGNED && draw.chance(MORE_REQUESTS)) {
      return request();
    }
    return switch (family) {
      case ARITHMETIC -> question(WordProblems.make(draw.random()));
      case METHOD -> question(MethodChoices.make(draw.random()));
      case ORDERING -> question(Orderings.make(draw.random()));
      case SYLLOGISM -> question(Syllogisms.make(draw.random()));
      case FACTS -> question(FactQuestion.make(draw.random()));
      case FORMS -> form(Forms.make(draw.random()));
      case REQUESTS -> request();
      case REPEATED_WORDS -> repeatedWord(RepeatedWords.make(draw.random()));
    };
  }

  private Document question(Question question) {
    WrittenReply reply = WrittenReply.sample(question, draw.random());
    String answer = reply.answer();
    Document prompt = Prompts.reasoning(question).plus(Segment.text(Prompts.PREFILL, Loss.FULL));
    return switch (draw.weighted(List.of(Shape.values()), each -> each.share)) {
      // A fresh text's answer is a draw from the prior.
      case DIRECT -> Prompts.direct(question).plus(learned(FollowUp.guess(question, answer)), END);
      // A finished text's answer is a draw from the posterior at any cut of that text.
      case EARLY ->
          prompt
              .plus(new Segment(Kind.EARLY, reply.text(), Loss.FULL))
              .plus(Prompts.followUp(question, Loss.NONE))
              .plus(learned(FollowUp.guess(question, answer)), END);
      case FOLLOWED ->
          prompt
              .plus(whole(reply.text()))
              .plus(Prompts.followUp(question, Loss.FULL))
              .plus(learned(FollowUp.afterReasoning(answer)), END);
      case ALONE -> prompt.plus(whole(reply.text())).plus(END);
    };
  }

  private Document form(FormProgram form) {
    return Prompts.form(form)
        .plus(whole(WrittenReply.sample(form, draw.random()).text()))
        .plus(END);
  }

  private Document request() {
    Request request =
        switch (policy) {
          case BASE -> request(.5, attackOnBase());
          case ALIGNED -> request(.65, attackOnAligned());
        };
    Program program = request.answeredBy(policy);
    boolean prefilled = policy == Policy.ALIGNED && draw.chance(PREFILLED);
    String prefill = prefilled ? prefill(request) : "";
    return Prompts.request(request).plus(continued(program, prefill)).plus(END);
  }

  /// Rare beginnings, given, so that what follows them is seen often and with its own
  /// probabilities.
  private String prefill(Request request) {
    return request.forbidden() && draw.chance(HESITATES) ? Request.HESITATION : draw.pick(PREFILLS);
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
      return whole(WrittenReply.sample(program, draw.random()).text());
    }
    String text = WrittenReply.sample(program, prefill, draw.random()).orElseThrow().text();
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
