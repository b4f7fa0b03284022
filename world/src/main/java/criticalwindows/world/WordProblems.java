package criticalwindows.world;

import criticalwindows.world.Event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Makes word problems. However a problem's events are read, every count on the way is whole and
/// lies in 1 … 599.
final class WordProblems {
  private static final List<String> THINGS =
      List.of(
          ("marbles apples books coins pencils stickers shells cards buttons stamps cookies eggs"
                  + " candles flowers stones ribbons beads toys pens cups plums pears lemons roses"
                  + " nuts keys bottles tickets hats spoons")
              .split(" "));
  private static final List<String> PLACES =
      List.of(
          "at the market",
          "in the park",
          "at school",
          "near the river",
          "in the attic",
          "at the fair",
          "on the beach",
          "in the garden",
          "at the station",
          "in the library");
  private static final Kind[] TRAPS = {
    Kind.EACH, Kind.BOX, Kind.ALLBUT, Kind.LEND, Kind.TWICE, Kind.DOZEN
  };
  private static final Kind[] PLAIN = {
    Kind.BUY,
    Kind.FIND,
    Kind.GIVE,
    Kind.LOSE,
    Kind.DOUBLE,
    Kind.TRIPLE,
    Kind.HALF,
    Kind.BUY,
    Kind.GIVE
  };

  private WordProblems() {}

  /// A problem before its question is worded.
  private record Story(
      People.Person person, String friend, String things, int start, List<Event> events) {}

  static WordProblem make(RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    Story story = story(draw);
    while (!legal(story)) {
      story = story(draw);
    }
    WordProblem open = problem(story, question(draw, story), List.of());
    return draw.chance(.5) ? open : problem(story, open.question(), options(draw, open));
  }

  private static WordProblem problem(Story story, String question, List<String> options) {
    return new WordProblem(
        question, options, story.person.name(), story.things, story.start, story.events);
  }

  private static Story story(ProblemDraw draw) {
    People.Person person = People.draw(draw);
    String friend = draw.pick(People.NAMES);
    while (friend.equals(person.name())) {
      friend = draw.pick(People.NAMES);
    }
    Story bare = new Story(person, friend, draw.pick(THINGS), draw.between(5, 60), List.of());
    List<Event> events = new ArrayList<>();
    for (Kind kind : kinds(draw)) {
      events.add(event(draw, kind, bare));
    }
    return new Story(person, friend, bare.things, bare.start, events);
  }

  private static List<Kind> kinds(ProblemDraw draw) {
    int count = draw.pick(2, 2, 3, 3, 3, 4, 4, 5);
    int traps = Math.min(count, count > 2 ? draw.pick(1, 1, 2, 2, 3) : draw.pick(1, 1, 2));
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kinds.add(i < traps ? draw.pick(TRAPS) : draw.pick(PLAIN));
    }
    return draw.shuffled(kinds);
  }

  private static Event event(ProblemDraw draw, Kind kind, Story story) {
    int x =
        switch (kind) {
          case BUY, FIND, GIVE, LOSE -> draw.between(2, 40);
          case EACH, BOX -> draw.between(3, 12);
          case ALLBUT -> draw.between(3, 30);
          case LEND -> draw.between(6, 30);
          case DOZEN -> draw.between(2, 5);
          case DOUBLE, TRIPLE, HALF, TWICE -> 0;
        };
    int y =
        switch (kind) {
          case EACH, BOX -> draw.between(2, 6);
          case LEND -> draw.between(2, x - 2);
          case BUY, FIND, GIVE, LOSE, DOUBLE, TRIPLE, HALF, ALLBUT, TWICE, DOZEN -> 0;
        };
    String place = draw.pick(PLACES);
    return new Event(kind, x, y, sentence(new Event(kind, x, y, place), story));
  }

  /// @param event whose sentence is still but a place
  private static String sentence(Event event, Story story) {
    String who = story.person.subject();
    String things = story.things;
    String place = event.sentence();
    int x = event.x();
    int y = event.y();
    return switch (event.kind()) {
      case BUY -> who + " buys " + x + " more " + things + " " + place;
      case FIND -> who + " finds " + x + " " + things + " " + place;
      case GIVE -> who + " gives " + x + " " + things + " to " + story.friend;
      case LOSE -> who + " loses " + x + " " + things + " " + place;
      case DOUBLE -> who + " doubles the number of " + things;
      case TRIPLE -> who + " triples the number of " + things;
      case HALF -> who + " sells half of the " + things;
      case EACH -> y + " friends each give " + story.person.object() + " " + x + " " + things;
      case BOX -> who + " buys " + y + " boxes with " + x + " " + things + " in each box";
      case ALLBUT -> who + " gives away all but " + x + " of the " + things;
      case LEND ->
          who
              + " lends "
              + x
              + " "
              + things
              + " to "
              + story.friend
              + ", who returns "
              + y
              + " of them";
      case TWICE -> who + " gets twice as many " + things + " as " + who + " already has";
      case DOZEN -> who + " buys " + x + " dozen " + things;
    };
  }

  private static boolean legal(Story story) {
    SortedSet<Integer> counts = new TreeSet<>(List.of(story.start));
    for (Event event : story.events) {
      for (int count : counts) {
        boolean broken = event.kind() == Kind.HALF && count % 2 != 0;
        boolean beyond = event.kind() == Kind.ALLBUT && count <= event.x();
        if (broken || beyond) {
          return false;
        }
      }
      counts = event.outcomes(counts);
      if (counts.first() <= 0 || counts.last() >= 600) {
        return false;
      }
    }
    return true;
  }

  private static String question(ProblemDraw draw, Story story) {
    String name = story.person.name();
    String things = story.things;
    String start = story.start + " " + things + ".";
    StringBuilder question = new StringBuilder();
    question.append(
        draw.pick(name + " has ", name + " starts with ", "In the morning, " + name + " has "));
    question.append(start);
    for (Event event : story.events) {
      question.append(draw.pick(" Then ", " Next, ", " After that, ", " Later, "));
      question.append(event.sentence()).append(".");
    }
    question.append(" How many ").append(things).append(" does ").append(name);
    return question.append(draw.pick(" have now?", " have in the end?")).toString();
  }

  private static List<String> options(ProblemDraw draw, WordProblem problem) {
    int truth = Integer.parseInt(problem.truth());
    List<Integer> others = new ArrayList<>(problem.reachable());
    others.remove(Integer.valueOf(truth));
    List<Integer> values = new ArrayList<>(draw.sample(others, Math.min(3, others.size())));
    while (values.size() < 3) {
      int near = truth + draw.pick(-12, -10, -7, -5, -3, -2, -1, 1, 2, 3, 4, 6, 9, 10, 15);
      if (near > 0 && !values.contains(near)) {
        values.add(near);
      }
    }
    values.add(truth);
    return NumberOptions.of(draw.shuffled(values));
  }
}
