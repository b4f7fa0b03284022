package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the header of a model file must say before an engine in this process reads it: llama.cpp
/// ends the process at some values, and computes nonsense with others.
public final class ModelHeader {
  private static final String HINT =
      "fetch the file again, from a place that you trust: no model has such a header";

  /// The longest context, far beyond what any model was trained on.
  private static final long MOST_CONTEXT = 1L << 30;

  /// The most that llama.cpp takes.
  private static final long MOST_LAYERS = 512;

  private static final long MOST_EXPERTS = 512;
  private static final double MOST_BASE = 1e12;

  private final GgufReader file;
  private final Map<String, GgufValue> values;
  private final String kind;

  private ModelHeader(GgufReader file) {
    this.file = file;
    this.values = file.metadata();
    this.kind =
        values.get("general.architecture") instanceof GgufValue.Text(String name) ? name : "";
  }

  /// Checks a file.
  ///
  /// @throws UserError if it says what no model does
  public static void check(GgufReader file) {
    ModelHeader header = new ModelHeader(file);
    header.values.forEach(header::number);
    header.within("context_length", 1, MOST_CONTEXT);
    header.within("block_count", 1, MOST_LAYERS);
    header.within("expert_count", 0, MOST_EXPERTS);
    header.within("expert_used_count", 0, header.whole("expert_count").orElse(0L));
    header.rotation();
    header.vocabulary();
  }

  /// Sizes of the architecture are whole numbers below 2^31, or numbers.
  private void number(String key, GgufValue value) {
    boolean right =
        switch (value) {
          case GgufValue.Whole(GgufValue.Type _, long whole) ->
              !key.startsWith(kind + ".") || (whole >= 0 && whole <= Integer.MAX_VALUE);
          case GgufValue.Real(GgufValue.Type _, double real) -> Double.isFinite(real);
          case GgufValue.Items(GgufValue.Type _, List<GgufValue> items)
              when key.startsWith(kind + ".") -> {
            items.forEach(item -> number(key, item));
            yield true;
          }
          case GgufValue.Items _, GgufValue.Flag _, GgufValue.Text _ -> true;
        };
    if (!right) {
      throw wrong(key, value);
    }
  }

  private Optional<Long> whole(String name) {
    return values.get(kind + "." + name) instanceof GgufValue.Whole(GgufValue.Type _, long value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private void within(String name, long least, long most) {
    whole(name)
        .filter(value -> value < least || value > most)
        .ifPresent(value -> wrong(name, value));
  }

  private void wrong(String name, long value) {
    throw wrong(kind + "." + name, new GgufValue.Whole(GgufValue.Type.INT64, value));
  }

  /// Turns of positions: an even number of dimensions of a head, by a base above 0.
  private void rotation() {
    String base = kind + ".rope.freq_base";
    if (values.get(base) instanceof GgufValue.Real(GgufValue.Type type, double value)
        && !(value > 0 && value <= MOST_BASE)) {
      throw wrong(base, new GgufValue.Real(type, value));
    }
    if (values.get(base) instanceof GgufValue.Whole whole) {
      throw wrong(base, whole);
    }
    long heads = Math.max(1, whole("attention.head_count").orElse(1L));
    long head = whole("attention.key_length").orElse(whole("embedding_length").orElse(0L) / heads);
    within("rope.dimension_count", 0, head == 0 ? Integer.MAX_VALUE : head);
    whole("rope.dimension_count")
        .filter(turned -> turned % 2 != 0)
        .ifPresent(turned -> wrong("rope.dimension_count", turned));
  }

  /// One score and one kind for each token: more are read beyond the end of a shorter list.
  private void vocabulary() {
    int tokens = list("tokens", GgufValue.Type.STRING).map(List::size).orElse(0);
    for (Map.Entry<String, GgufValue.Type> each :
        Map.of("scores", GgufValue.Type.FLOAT32, "token_type", GgufValue.Type.INT32).entrySet()) {
      Optional<List<GgufValue>> list = list(each.getKey(), each.getValue());
      if (list.isPresent() && list.get().size() != tokens) {
        throw new UserError(
            file.path()
                + " has "
                + tokens
                + " tokens and "
                + list.get().size()
                + " items in tokenizer.ggml."
                + each.getKey(),
            HINT);
      }
    }
    Optional<List<GgufValue>> _ = list("merges", GgufValue.Type.STRING);
  }

  private Optional<List<GgufValue>> list(String name, GgufValue.Type element) {
    String key = "tokenizer.ggml." + name;
    GgufValue value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof GgufValue.Items(GgufValue.Type type, List<GgufValue> items)
        && (type == element
            || (type == GgufValue.Type.UINT32 && element == GgufValue.Type.INT32))) {
      return Optional.of(items);
    }
    throw new UserError(file.path() + " has no list of " + element + " under " + key, HINT);
  }

  private UserError wrong(String key, GgufValue value) {
    String shown =
        switch (value) {
          case GgufValue.Whole(GgufValue.Type _, long whole) -> String.valueOf(whole);
          case GgufValue.Real(GgufValue.Type _, double real) -> String.valueOf(real);
          case GgufValue.Flag flag -> flag.toString();
          case GgufValue.Text text -> text.toString();
          case GgufValue.Items items -> items.values().size() + " items";
        };
    return new UserError(file.path() + " says " + shown + " for " + key, HINT);
  }
}
