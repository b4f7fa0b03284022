package criticalwindows.reading;

import criticalwindows.error.UserError;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Files of JSON lines to train on, in the layouts of `cw export weights`, `pairs` and `prefixes`,
/// in TRL's for preferences, and as plain conversations. Every line counts: a wrong one is an error
/// that names it.
public final class TrainingRows {
  private static final String HINT =
      "a row has input_ids with weights, or messages, or prompt, chosen and rejected, or input_ids"
          + " with classes and counts; see cw train --help";

  private final Path file;
  private final Reader reader;
  private final Optional<String> vocabulary;
  private final List<Example> examples = new ArrayList<>();

  /// What is known of the model that is trained.
  ///
  /// @param vocabulary the number of its token ids
  /// @param context the most tokens that it reads
  /// @param wording for rows of texts; absent where it cannot be had
  /// @param ask what follows a prefix before its class is named; may be empty
  public record Reader(int vocabulary, int context, Optional<Wording> wording, String ask) {}

  private TrainingRows(Path file, Reader reader) {
    this.file = file;
    this.reader = reader;
    vocabulary = reader.wording().map(Wording::vocabulary);
  }

  /// All rows of a file, in its order; they are of one kind.
  ///
  /// @throws UserError if a row is none, or does not fit the model
  public static List<Example> read(Path file, Reader reader) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("there is no file " + file, "check the path; cw export makes such files");
    }
    TrainingRows rows = new TrainingRows(file, reader);
    new Input(file, Optional.empty(), HINT).each(value -> rows.add(value.place(), value.node()));
    if (rows.examples.isEmpty()) {
      throw new UserError(file + " has no row", HINT);
    }
    return List.copyOf(rows.examples);
  }

  private void add(String place, JsonNode row) {
    String where = file + ", " + place;
    Example example;
    try {
      example = example(where, row);
    } catch (UserError e) {
      throw new UserError(where + ": " + e.getMessage(), e.hint(), e);
    }
    example.passages().forEach(this::check);
    if (!examples.isEmpty() && examples.getFirst().kind() != example.kind()) {
      throw new IllegalArgumentException(
          "a row of " + example.kind().words() + " among " + examples.getFirst().kind().words());
    }
    examples.add(example);
  }

  private Example example(String where, JsonNode row) {
    Optional<String> made = Fields.word(row, "vocabulary_sha256");
    if (made.isPresent() && vocabulary.isPresent() && !made.equals(vocabulary)) {
      throw new IllegalArgumentException(
          "its token ids are of another vocabulary, that of "
              + Fields.word(row, "model").orElse("another model"));
    }
    String item = Fields.word(row, "item").or(() -> Fields.word(row, "id")).orElse(where);
    if (row.has("classes")) {
      return new Example(where, item, Example.Kind.COUNTED, List.of(counted(row)));
    }
    if (row.has("input_ids")) {
      return new Example(where, item, Example.Kind.WEIGHTED, List.of(weighted(row)));
    }
    if (row.has("messages")) {
      Passage passage = wording().conversation(Fields.messages(row.get("messages")));
      return new Example(where, item, Example.Kind.WEIGHTED, List.of(passage));
    }
    if (row.has("chosen") || row.has("chosen_ids")) {
      return new Example(where, item, Example.Kind.PAIR, pair(row));
    }
    throw new IllegalArgumentException("it has none of the fields that rows are known by");
  }

  private Wording wording() {
    return reader
        .wording()
        .orElseThrow(
            () ->
                new UserError(
                    "texts cannot be read without the model's tokenizer and chat template",
                    "train a GGUF file, which has both, or give rows of token ids"));
  }

  /// Numbers fit the context and the vocabulary.
  private void check(Passage passage) {
    if (passage.ids().size() > reader.context()) {
      throw new IllegalArgumentException(
          passage.ids().size()
              + " tokens, more than the "
              + reader.context()
              + " that the model reads");
    }
    int largest = Math.max(passage.ids().stream().max().orElse(0), passage.targets().largest());
    if (largest >= reader.vocabulary()) {
      throw new IllegalArgumentException(
          "the token id "
              + largest
              + ", of a vocabulary of "
              + reader.vocabulary()
              + ": it is of another model");
    }
  }

  private static Passage weighted(JsonNode row) {
    Tokens ids = Fields.ids(row.get("input_ids"), "input_ids");
    double[] mask = row.has("completion_mask") ? numbers(row, "completion_mask", ids) : ones(ids);
    double[] weights = row.has("weights") ? numbers(row, "weights", ids) : ones(ids);
    int[] places =
        IntStream.range(0, ids.size() - 1).filter(place -> mask[place + 1] != 0).toArray();
    for (int i = 0; i < ids.size(); i++) {
      if (weights[i] != 0 && mask[i] == 0 && row.has("weights")) {
        throw new IllegalArgumentException(
            "the weight " + weights[i] + " at token " + i + ", which completion_mask leaves out");
      }
    }
    double[] kept = IntStream.of(places).mapToDouble(place -> weights[place + 1]).toArray();
    Targets plain = Wording.targets(ids, places);
    int[] tokens = IntStream.range(0, plain.size()).map(plain::token).toArray();
    Targets targets = new Targets(places, tokens, kept);
    if (!(targets.sum() > 0)) {
      throw new IllegalArgumentException("no token has a weight above 0");
    }
    return new Passage(ids, targets);
  }

  private static double[] ones(Tokens ids) {
    return IntStream.range(0, ids.size()).mapToDouble(i -> 1).toArray();
  }

  private static double[] numbers(JsonNode row, String name, Tokens ids) {
    JsonNode array = row.get(name);
    if (!array.isArray() || array.size() != ids.size()) {
      throw new IllegalArgumentException(
          array.size() + " " + name + " for " + ids.size() + " input_ids");
    }
    double[] numbers = new double[ids.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.get(i);
      numbers[i] = number.isNumber() ? number.asDouble() : Double.NaN;
      if (!(numbers[i] >= 0 && numbers[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            name + " are finite numbers of at least 0, not " + number + " at token " + i);
      }
    }
    return numbers;
  }

  private List<Passage> pair(JsonNode row) {
    if (row.has("chosen_ids")) {
      Tokens prompt = Fields.ids(row.path("prompt_ids"), "prompt_ids");
      return passages(
          prompt,
          Fields.ids(row.get("chosen_ids"), "chosen_ids"),
          Fields.ids(row.path("rejected_ids"), "rejected_ids"));
    }
    Tokens prompt =
        row.path("prompt").isArray()
            ? wording().before(Fields.messages(row.get("prompt")))
            : wording().rendered(Fields.text(row.path("prompt"), "prompt"));
    return passages(prompt, side(row, "chosen"), side(row, "rejected"));
  }

  private Tokens side(JsonNode row, String name) {
    JsonNode side = row.path(name);
    if (!side.isArray()) {
      return wording().continued(Fields.text(side, name));
    }
    List<Message> messages = Fields.messages(side);
    if (messages.size() != 1 || messages.getFirst().role() != Message.Role.ASSISTANT) {
      throw new IllegalArgumentException(name + " is not one turn of the assistant's");
    }
    return wording().turn(messages.getFirst().text());
  }

  private static List<Passage> passages(Tokens prompt, Tokens chosen, Tokens rejected) {
    if (chosen.equals(rejected)) {
      throw new IllegalArgumentException("chosen and rejected are the same");
    }
    if (chosen.isEmpty() || rejected.isEmpty()) {
      throw new IllegalArgumentException("chosen and rejected have a token each, at least");
    }
    return List.of(after(prompt, chosen), after(prompt, rejected));
  }

  private static Passage after(Tokens prompt, Tokens continuation) {
    Tokens ids = prompt.plus(continuation);
    int[] places = IntStream.range(prompt.size() - 1, ids.size() - 1).toArray();
    return new Passage(ids, Wording.targets(ids, places));
  }

  /// The first token of each class's name, after the prefix and the question.
  private Passage counted(JsonNode row) {
    Tokens prefix = Fields.ids(row.path("input_ids"), "input_ids");
    Tokens ids = reader.ask().isEmpty() ? prefix : prefix.plus(wording().continued(reader.ask()));
    JsonNode classes = row.get("classes");
    JsonNode counts = row.path("counts");
    if (!classes.isArray() || classes.size() != counts.size()) {
      throw new IllegalArgumentException(
          classes.size() + " classes with " + counts.size() + " counts");
    }
    Map<Integer, String> names = new TreeMap<>();
    Map<Integer, Double> found = new TreeMap<>();
    for (int i = 0; i < classes.size(); i++) {
      String name = Fields.text(classes.get(i), "class " + (i + 1));
      int token = first(name);
      String other = names.putIfAbsent(token, name);
      if (other != null) {
        throw new IllegalArgumentException(
            "the classes " + other + " and " + name + " begin with one token");
      }
      found.put(token, count(counts.get(i), name));
    }
    Targets targets =
        new Targets(
            found.keySet().stream().mapToInt(token -> ids.size() - 1).toArray(),
            found.keySet().stream().mapToInt(token -> token).toArray(),
            found.values().stream().mapToDouble(count -> count).toArray());
    if (!(targets.sum() > 0)) {
      throw new IllegalArgumentException("counts of no rollout");
    }
    return new Passage(ids, targets);
  }

  private int first(String name) {
    Tokens tokens = wording().continued(name);
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("a class without a name");
    }
    return tokens.at(0);
  }

  private static double count(JsonNode number, String name) {
    double count = number.isNumber() ? number.asDouble() : -1;
    if (count < 0 || count != Math.rint(count)) {
      throw new IllegalArgumentException(
          "the count " + number + " of " + name + " is no whole number of at least 0");
    }
    return count;
  }
}
