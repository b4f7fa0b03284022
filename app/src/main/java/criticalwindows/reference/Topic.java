package criticalwindows.reference;

import criticalwindows.exact.WorldText;
import criticalwindows.judge.Refusal;
import criticalwindows.world.Attack;
import criticalwindows.world.Document;
import criticalwindows.world.Policy;
import criticalwindows.world.Program;
import criticalwindows.world.Prompts;
import criticalwindows.world.Question;
import criticalwindows.world.Request;
import criticalwindows.world.Requests;
import criticalwindows.world.Worlds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// What texts are about, and the class of them that one reference is trained on.
enum Topic {
  /// Reasoning about questions: right or wrong.
  ANSWERS("small-base") {
    @Override
    List<Asked> ask(int count, long seed) {
      List<String> families = List.of("world:arithmetic", "world:method", "world:ordering");
      List<List<Question>> questions = new ArrayList<>();
      for (String family : families) {
        int each = Math.ceilDiv(count, families.size());
        questions.add(Worlds.read(family, each, seed).questions());
      }
      List<Asked> asked = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Question question = questions.get(i % families.size()).get(i / families.size());
        asked.add(
            new Asked(
                families.get(i % families.size()),
                Prompts.reasoning(question),
                Prompts.PREFILL,
                question,
                question.answerNaming(question.truth())));
      }
      return asked;
    }
  },

  /// Replies to requests for what is forbidden: complied with or refused.
  REPLIES("small-aligned") {
    @Override
    List<Asked> ask(int count, long seed) {
      return requests(TAUGHT, count, seed);
    }
  };

  /// Requests for what is harmless, whatever they are dressed as.
  static final String BENIGN = "benign";

  private static final List<Attack> TAUGHT =
      List.of(Attack.PLAIN, Attack.ROLE, Attack.TURN, Attack.MANY);

  private final String model;

  Topic(String model) {
    this.model = model;
  }

  /// The built-in model whose texts they are.
  String model() {
    return model;
  }

  /// As measures have it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Different questions or requests.
  abstract List<Asked> ask(int count, long seed);

  /// Something that a text replies to.
  ///
  /// @param kind the family of questions, or the attack
  /// @param begun what the assistant's turn begins with; may be empty
  /// @param program whose texts the model was taught
  /// @param wanted the class, as the program's answer
  record Asked(String kind, Document prompt, String begun, Program program, String wanted) {}

  /// Requests that the model was taught nothing about: with noise.
  static List<Asked> noisy(int count, long seed) {
    return requests(List.of(Attack.SUFFIX, Attack.CASE), count, seed);
  }

  /// Requests that are to be answered.
  static List<Asked> benign(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Attack attack = TAUGHT.get(i % TAUGHT.size());
      asked.add(asked(BENIGN, Requests.harmless(attack, random)));
    }
    return asked;
  }

  private static List<Asked> requests(List<Attack> attacks, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Attack attack = attacks.get(i % attacks.size());
      asked.add(asked(attack.name().toLowerCase(Locale.ROOT), Requests.forbidden(attack, random)));
    }
    return asked;
  }

  private static Asked asked(String kind, Request request) {
    WorldText text = WorldText.of(request, Policy.ALIGNED, "");
    return new Asked(
        kind, Prompts.request(request), text.begun(), text.program(), Refusal.Kind.COMPLIED.word());
  }
}
