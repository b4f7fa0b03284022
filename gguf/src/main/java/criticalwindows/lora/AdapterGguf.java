package criticalwindows.lora;

import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.GgufValue;
import criticalwindows.gguf.GgufWriter;
import criticalwindows.gguf.RowOrder;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Adapters as llama.cpp takes them, in one GGUF file. Rows of `B` lie as those of the model's own
/// matrix do, so that in Llama files those of queries and keys change places, see [RowOrder].
///
/// *Source:* `src/llama-adapter.cpp` and `convert_lora_to_gguf.py` of llama.cpp v0.5.0.
public final class AdapterGguf {
  private static final String ALPHA = "adapter.lora.alpha";
  private static final Pattern NAME =
      Pattern.compile("blk\\.(\\d{1,4})\\.(\\w+)\\.weight\\.lora_([ab])");

  private AdapterGguf() {}

  /// Writes an adapter for a model, in single precision.
  ///
  /// @throws UserError if the file cannot be written, or the order of rows in files of this
  ///   architecture is not known
  public static void write(Adapter adapter, BaseModel base, Path gguf) {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.text(base.architecture()));
    metadata.put("general.type", GgufValue.text("adapter"));
    metadata.put("general.file_type", GgufValue.unsigned(0));
    metadata.put("adapter.type", GgufValue.text("lora"));
    metadata.put(ALPHA, GgufValue.real(adapter.config().alpha()));
    List<Stored> tensors =
        tensors(toGguf(adapter, base)).stream()
            .map(tensor -> new Stored(tensor, ElementType.F32))
            .toList();
    GgufWriter.write(gguf, metadata, tensors);
  }

  /// An adapter with rows as they lie in a GGUF file.
  static Adapter toGguf(Adapter adapter, BaseModel base) {
    return with(adapter, pair -> rows(pair, base).toGguf(pair.b(), base.headSize()));
  }

  /// An adapter of a GGUF file with rows in Hugging Face's order.
  static Adapter toHuggingFace(Adapter adapter, BaseModel base) {
    return with(adapter, pair -> rows(pair, base).toHuggingFace(pair.b(), base.headSize()));
  }

  private static RowOrder rows(Adapter.Pair pair, BaseModel base) {
    return base.order(pair.projection());
  }

  private static Adapter with(Adapter adapter, Function<Adapter.Pair, Tensor> b) {
    return new Adapter(
        adapter.config(),
        adapter.pairs().stream()
            .map(pair -> new Adapter.Pair(pair.layer(), pair.projection(), pair.a(), b.apply(pair)))
            .toList());
  }

  /// The tensors of an adapter by their names in a file.
  private static List<Tensor> tensors(Adapter adapter) {
    return adapter.pairs().stream()
        .flatMap(
            pair -> {
              String name = pair.projection().ggufName(pair.layer()) + ".weight.lora_";
              return Stream.of(pair.a().named(name + "a"), pair.b().named(name + "b"));
            })
        .toList();
  }

  /// Reads a file.
  static Found read(Path gguf, BaseModel base) {
    GgufReader file = GgufReader.open(gguf);
    try {
      requireAdapter(file, base);
      Pairs pairs = new Pairs(gguf);
      for (String name : file.tensorNames()) {
        put(file, name, pairs);
      }
      Adapter adapter = pairs.adapter(alpha(file, pairs.rank()));
      return new Found(adapter, Home.GGUF, file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void requireAdapter(GgufReader file, BaseModel base) {
    String type = text(file, "general.type").orElse("model");
    if (!type.equals("adapter")) {
      throw new UserError(
          file.path() + " is no adapter: it calls itself a " + type,
          "name a GGUF adapter, or a folder as PEFT saves it; a model is named by --model");
    }
    String kind = text(file, "adapter.type").orElse("of no type");
    if (!kind.equals("lora")) {
      throw new UserError(
          "the adapter " + file.path() + " is " + kind + ", not lora", "name a LoRA adapter");
    }
    String architecture = text(file, "general.architecture").orElse("of no architecture");
    if (!architecture.equals(base.architecture())) {
      throw new UserError(
          "the adapter "
              + file.path()
              + " is for another model than "
              + base.name()
              + ": it is for "
              + architecture
              + ", and the model is "
              + base.architecture(),
          "use it with the model that it was trained on, or name an adapter that was trained on "
              + base.name());
    }
    if (file.metadata().containsKey("adapter.alora.invocation_tokens")) {
      throw new UserError(
          "the adapter " + file.path() + " works only after certain tokens (aLoRA)",
          "name a plain LoRA adapter");
    }
  }

  private static Optional<String> text(GgufReader file, String key) {
    return file.metadata().get(key) instanceof GgufValue.Text(String value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private static void put(GgufReader file, String name, Pairs pairs) {
    Matcher matcher = NAME.matcher(name);
    Optional<Projection> projection =
        matcher.matches() ? Projection.ofGguf(matcher.group(2)) : Optional.empty();
    if (projection.isEmpty()) {
      throw new UserError(
          "the adapter " + file.path() + " changes " + name + ", which is not applied here",
          "use one that changes only matrices of layers: " + Projection.all());
    }
    pairs.put(
        new Pairs.Place(Integer.parseInt(matcher.group(1)), projection.get()),
        Pairs.Half.valueOf(matcher.group(3).toUpperCase(Locale.ROOT)),
        file.tensor(name));
  }

  /// A file without one, or with 0, has its numbers multiplied already.
  private static double alpha(GgufReader file, int rank) {
    GgufValue value = file.metadata().getOrDefault(ALPHA, GgufValue.real(0));
    // llama.cpp would end the process at any other type.
    if (value instanceof GgufValue.Real(GgufValue.Type type, double alpha)
        && type == GgufValue.Type.FLOAT32
        && alpha >= 0
        && Double.isFinite(alpha)) {
      return alpha == 0 ? rank : alpha;
    }
    String said =
        value instanceof GgufValue.Real(GgufValue.Type _, double alpha) ? alpha + "" : value + "";
    throw new UserError(
        "the adapter " + file.path() + " says " + said + " for " + ALPHA,
        "convert it again; alpha is a number of single precision, at least 0");
  }
}
