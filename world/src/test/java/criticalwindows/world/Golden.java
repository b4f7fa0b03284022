package criticalwindows.world;

import criticalwindows.world.Event.Kind;
import criticalwindows.world.Ordering.Clue;
import criticalwindows.world.Ordering.Direction;
import criticalwindows.world.Ordering.Wording;
import criticalwindows.world.Request.Turn;
import criticalwindows.world.Syllogism.Relation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The specifications and exact posteriors of an independent implementation in Python.
///
/// *Source:* golden.jsonl of the organism folder, written by its golden.py with seed 2024; the
/// family `sy` by `organism/reference.py` with seed 2025.
record Golden(JsonNode line) {
  /// All 290 lines.
  static List<Golden> lines() {
    JsonMapper json = new JsonMapper();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(Golden.class.getResourceAsStream("golden.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> new Golden(json.readTree(line))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The lines of a kind: reply, follow or direct.
  static List<Golden> lines(String kind) {
    return lines().stream().filter(golden -> golden.text("kind").equals(kind)).toList();
  }

  String family() {
    return text("family");
  }

  String text(String field) {
    return line.get(field).asString();
  }

  JsonNode spec() {
    return line.get("spec");
  }

  Policy policy() {
    return Policy.valueOf(text("mode").toUpperCase(Locale.ROOT));
  }

  Program program() {
    return switch (family()) {
      case "fo" -> form();
      case "sa" -> request().answeredBy(policy());
      case "re" -> repeatedWord();
      default -> question();
    };
  }

  Question question() {
    return switch (family()) {
      case "wp" -> wordProblem();
      case "me" -> methodChoice();
      case "lo" -> ordering();
      case "sy" -> syllogism();
      case "fa" -> factQuestion();
      default -> throw new IllegalStateException(family());
    };
  }

  FormProgram form() {
    return new FormProgram(
        list(
            spec().get("items"),
            item ->
                new FormProgram.Blank(
                    item.get(0).asString(), item.get(1).asString(), item.get(2).asString())));
  }

  Request request() {
    JsonNode attack = spec().get("attack");
    return new Request(
        spec("q"),
        list(
            spec().get("hist"),
            turn -> new Turn(turn.get("q").asString(), turn.get("a").asString())),
        attack.isNull() ? Attack.PLAIN : Attack.valueOf(attack.asString().toUpperCase(Locale.ROOT)),
        new Craft(spec("v"), spec("m"), spec("t")));
  }

  RepeatedWord repeatedWord() {
    return new RepeatedWord(spec("w"), spec("q"), number("given"));
  }

  private WordProblem wordProblem() {
    List<Event> events =
        list(
            spec().get("evs"),
            event ->
                new Event(
                    Kind.valueOf(event.get("t").asString().toUpperCase(Locale.ROOT)),
                    event.path("x").asInt(0),
                    event.path("y").asInt(0),
                    event.get("S").asString()));
    return new WordProblem(asked(), options(), spec("nm"), spec("o"), number("st"), events);
  }

  private MethodChoice methodChoice() {
    Cue cue = Cue.valueOf(spec("cue").toUpperCase(Locale.ROOT));
    Setting setting =
        switch (spec("k")) {
          case "rect" ->
              new Setting.Rectangle(
                  spec("nm"), spec("thing"), spec("ask"), number("L"), number("W"), number("c"));
          case "seq" -> new Setting.Sequence(number("a"), number("g"), number("n"));
          default ->
              new Setting.Combinations(
                  number("x"), spec("o1"), number("y"), spec("o2"), cue, number("z"));
        };
    return new MethodChoice(asked(), options(), cue, setting);
  }

  private Ordering ordering() {
    List<Clue> clues =
        list(
            spec().get("clues"),
            clue ->
                new Clue(
                    switch (clue.get("k").asString()) {
                      case "plain" -> Wording.PLAIN;
                      case "inv" -> Wording.INVERTED;
                      default -> Wording.NOT_AS;
                    },
                    clue.get("a").asString(),
                    clue.get("b").asString(),
                    clue.get("S").asString()));
    Direction direction =
        spec().get("top").asBoolean() ? Direction.MOST_FIRST : Direction.LEAST_FIRST;
    return new Ordering(asked(), options(), clues, direction, number("pos"));
  }

  private Syllogism syllogism() {
    List<Relation> relations =
        list(
            spec().get("rels"),
            relation -> Relation.valueOf(relation.asString().toUpperCase(Locale.ROOT)));
    return new Syllogism(
        asked(), options(), spec("nm"), list(spec().get("ks"), JsonNode::asString), relations);
  }

  private FactQuestion factQuestion() {
    JsonNode fact = spec().get("f");
    return new FactQuestion(
        new Fact(
            fact.get("e").asString(),
            fact.get("kind").asString(),
            fact.get("ask").asString(),
            fact.get("st").asString().replace("{e}", fact.get("e").asString()),
            list(fact.get("vals"), JsonNode::asString),
            fact.get("p").asDouble()),
        options());
  }

  /// The question without its options.
  private String asked() {
    String question = spec("q");
    int block = question.indexOf("\n (A) ");
    return block < 0 ? question : question.substring(0, block);
  }

  private List<String> options() {
    return spec().has("opts") ? list(spec().get("opts"), JsonNode::asString) : List.of();
  }

  private String spec(String field) {
    return spec().get(field).asString();
  }

  private int number(String field) {
    return spec().get(field).asInt();
  }

  static <T> List<T> list(JsonNode nodes, Function<JsonNode, T> read) {
    List<T> list = new ArrayList<>();
    nodes.forEach(node -> list.add(read.apply(node)));
    return list;
  }
}
