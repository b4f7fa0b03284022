package criticalwindows.hub;

import criticalwindows.benchmark.Row;
import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One record of a [ProblemFile].
record ProblemRecord(JsonNode object) {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /// Two letters or more, and nothing that a number is written with.
  private static final Pattern WORDS =
      Pattern.compile("[\\p{L}][\\p{L}\\p{M}\\s'’-]*[\\p{L}\\p{M}]");

  private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}]{1,20}");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");
  private static final String RELABEL = "label the choices A, B, C, …";

  /// Words that stand for numbers.
  private static final Set<String> NUMBERS = Set.of("pi", "infinity", "inf");

  /// Why a record is no problem.
  static final class Unusable extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final String what;
    private final String hint;

    Unusable(String what, String hint) {
      super(what);
      this.what = what;
      this.hint = hint;
    }

    String what() {
      return what;
    }

    String hint() {
      return hint;
    }
  }

  static ProblemRecord of(Row row) throws Unusable {
    return switch (row) {
      case Row.Fields fields -> new ProblemRecord(fields.object());
      case Row.Broken broken ->
          throw new Unusable(broken.why(), "put one JSON object on each line");
      case Row.Cells cells -> throw new Unusable("is no JSON", "put one JSON object on each line");
      case Row.Block block -> throw new Unusable("is no JSON", "put one JSON object on each line");
    };
  }

  Problem problem(String dataset) throws Unusable {
    String task = text(object, "task");
    String question = text(object, "question");
    List<Choice> choices = choices();
    return Problem.of(dataset, task, question, choices, answer(choices));
  }

  /// What a problem asks, in whatever order its choices are.
  static String asked(Problem problem) {
    return problem.question().strip()
        + problem.choices().stream().map(Choice::text).sorted().toList();
  }

  /// The right answer as it reads: of a choice its text.
  static String gold(Problem problem) {
    return problem.choices().stream()
        .filter(choice -> problem.answer().filter(choice.label()::equals).isPresent())
        .map(Choice::text)
        .findFirst()
        .or(problem::answer)
        .orElse("");
  }

  private static String text(JsonNode node, String field) throws Unusable {
    JsonNode value = node.path(field);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new Unusable(
          "has no " + field,
          "give it a text: \""
              + field
              + "\": \"...\"; a file of a benchmark is named as in gsm8k:FILE");
    }
    return whole(value.stringValue(), field);
  }

  /// A text, or a number as it is written.
  private static String said(JsonNode node, String field) throws Unusable {
    JsonNode value = node.path(field);
    return value.isNumber() ? value.asString() : text(node, field);
  }

  private static String whole(String text, String field) throws Unusable {
    boolean half = text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    if (half) {
      throw new Unusable(
          "has half a character in its " + field,
          "write it whole: JSON escapes a character beyond U+FFFF as a pair");
    }
    return text;
  }

  private List<Choice> choices() throws Unusable {
    JsonNode given = object.path("choices");
    List<Choice> choices = new ArrayList<>();
    if (given.isMissingNode() || given.isNull()) {
      return choices;
    }
    if (!given.isArray()) {
      throw new Unusable("has choices that are no list", "write \"choices\": [...]");
    }
    for (JsonNode choice : given.values()) {
      choices.add(choice(choice, choices.size()));
    }
    requireApart(choices.stream().map(Choice::label).toList(), "labelled");
    requireApart(choices.stream().map(choice -> choice.text().strip()).toList(), "that say");
    requireLabels(choices);
    return choices;
  }

  private static Choice choice(JsonNode choice, int position) throws Unusable {
    if (choice.isObject()) {
      return new Choice(said(choice, "label"), said(choice, "text"));
    }
    boolean plain = choice.isNumber() || (choice.isString() && !choice.stringValue().isBlank());
    if (!plain || position >= LETTERS.length()) {
      throw new Unusable(
          plain ? "has more choices than letters" : "has a choice that is no text",
          "give each choice its label and text: {\"label\": \"A\", \"text\": \"...\"}");
    }
    return new Choice(
        LETTERS.substring(position, position + 1), whole(choice.asString(), "choices"));
  }

  private static void requireApart(List<String> names, String how) throws Unusable {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new Unusable("has two choices " + how + " " + name, "leave one of them out");
      }
    }
  }

  /// An answer names its choice by the label, so each has to be told from words and from the
  /// others.
  private static void requireLabels(List<Choice> choices) throws Unusable {
    Map<String, Choice> labels = new HashMap<>();
    for (Choice choice : choices) {
      String label = choice.label();
      if (!LABEL.matcher(label).matches()) {
        throw new Unusable("has the label " + label + ", which is not one word", RELABEL);
      }
      Choice earlier = labels.put(label.toLowerCase(Locale.ROOT), choice);
      if (earlier != null) {
        String both = earlier.label() + " and " + label;
        throw new Unusable("has the labels " + both + ", which answers cannot tell apart", RELABEL);
      }
    }
    for (Choice choice : choices) {
      Choice named = labels.get(choice.text().strip().toLowerCase(Locale.ROOT));
      if (named != null && !named.equals(choice) && !LETTER.matcher(named.label()).matches()) {
        String what = "has the label " + named.label() + ", which is what choice ";
        throw new Unusable(what + choice.label() + " says", RELABEL);
      }
    }
  }

  private String answer(List<Choice> choices) throws Unusable {
    String answer = said(object, "answer");
    if (choices.isEmpty()) {
      boolean words = WORDS.matcher(answer.strip()).matches();
      if (words && !NUMBERS.contains(answer.strip())) {
        throw new Unusable(
            "has an answer in words and no choices: " + answer,
            "give it choices, or ask for a number");
      }
      return answer;
    }
    Optional<String> byLabel =
        label(choices.stream().filter(c -> c.label().equals(answer)).toList());
    Optional<String> byText =
        label(choices.stream().filter(c -> c.text().strip().equals(answer.strip())).toList());
    if (byLabel.isPresent() && byText.isPresent() && !byLabel.equals(byText)) {
      throw new Unusable(
          "has an answer that is the label of one choice and the text of another: " + answer,
          "give the choices other labels");
    }
    return byLabel
        .or(() -> byText)
        .orElseThrow(
            () ->
                new Unusable(
                    "has the answer "
                        + answer
                        + ", which is none of the choices "
                        + choices.stream().map(Choice::label).collect(Collectors.joining(", ")),
                    "name the right choice by its label"));
  }

  private static Optional<String> label(List<Choice> found) {
    return found.stream().map(Choice::label).findFirst();
  }
}
