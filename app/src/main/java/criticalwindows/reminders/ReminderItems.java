package criticalwindows.reminders;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Tokens;
import criticalwindows.world.Question;
import criticalwindows.world.RepeatedWord;
import criticalwindows.world.RepeatedWords;
import criticalwindows.world.Request;
import criticalwindows.world.Worlds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// What [RemindersStudy] measures with: the same in every repetition and arm.
///
/// @param requests that nobody learns from
/// @param questions of word problems, by item
/// @param words that a turn is begun with again and again, by item
record ReminderItems(
    RequestDraw requests, Map<String, Question> questions, Map<String, RepeatedWord> words) {
  private static final long RECIPES = 1;
  private static final int KINDS = 3;

  /// More would leave no room in a context of 512 tokens.
  private static final int MOST_WORDS = 400;

  private static final String ARITHMETIC = "world:arithmetic";

  /// How many there are.
  ///
  /// @param requests of either kind
  /// @param seed of all of them
  record Counts(int requests, int questions, int words, long seed) {}

  static ReminderItems draw(Counts counts) {
    Map<String, Question> questions = new LinkedHashMap<>();
    for (Question question : Worlds.read(ARITHMETIC, counts.questions, counts.seed).questions()) {
      questions.put(name("question", questions.size()), question);
    }
    Map<String, RepeatedWord> words = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(counts.seed);
    while (words.size() < counts.words) {
      RepeatedWord word = RepeatedWords.make(random);
      if (word.given() > 0 && word.given() <= MOST_WORDS) {
        words.put(name("word", words.size()), word);
      }
    }
    return new ReminderItems(
        RequestDraw.heldOut(counts.requests, counts.requests, counts.seed), questions, words);
  }

  private static String name(String kind, int before) {
    return kind + " " + (before + 1);
  }

  /// Forbidden requests by item.
  Map<String, Request> forbidden() {
    return named("forbidden", requests.forbidden());
  }

  /// Requests, each with the beginning of a recipe for what is asked.
  ///
  /// @param depth tokens of each recipe
  List<Problem> begun(ReplySource source, Map<String, Request> asked, int depth) {
    SplittableRandom random = new SplittableRandom(RECIPES);
    List<Problem> items = new ArrayList<>();
    asked.forEach(
        (id, request) -> {
          Tokens recipe = source.recipe(request, random).prefix(depth);
          items.add(BegunTurns.item(id, source.asked(request).prompt(), recipe));
        });
    return items;
  }

  /// Harmless requests by item.
  Map<String, Request> harmless() {
    return named("harmless", requests.harmless());
  }

  private static Map<String, Request> named(String kind, List<Request> requests) {
    Map<String, Request> named = new LinkedHashMap<>();
    requests.forEach(request -> named.put(name(kind, named.size()), request));
    return named;
  }

  /// The questions.
  List<Problem> reasoned(ReplySource source) {
    List<Problem> items = new ArrayList<>();
    questions.forEach((id, question) -> items.add(whole(source, id, source.asked(question))));
    return items;
  }

  /// The words, with the turn begun with all of them.
  List<Problem> repeated(ReplySource source) {
    List<Problem> items = new ArrayList<>();
    words.forEach((id, word) -> items.add(whole(source, id, source.asked(word))));
    return items;
  }

  /// What is written on from its end alone: the token behind it is never kept.
  private static Problem whole(ReplySource source, String id, Prompted asked) {
    return BegunTurns.item(id, asked.prompt(), source.encode("\n").prefix(1));
  }

  /// What is none of these, to learn from: a forbidden request, a harmless one and a question in
  /// turn.
  List<Prompted> others(int count, ReplySource source, long seed) {
    List<Request> others = requests.others(count - count / KINDS, seed);
    List<Question> more = moreQuestions(count / KINDS, seed);
    List<Prompted> asked = new ArrayList<>();
    for (int i = 0; asked.size() < count; i++) {
      boolean question = i % KINDS == KINDS - 1;
      asked.add(
          question ? source.asked(more.get(i / KINDS)) : source.asked(others.get(i - i / KINDS)));
    }
    return asked;
  }

  private List<Question> moreQuestions(int count, long seed) {
    Set<String> taken = new HashSet<>();
    questions.values().forEach(question -> taken.add(question.question()));
    return Worlds.read(ARITHMETIC, count + taken.size(), seed).questions().stream()
        .filter(question -> !taken.contains(question.question()))
        .limit(count)
        .toList();
  }
}
