package criticalwindows.probing;

import criticalwindows.activation.HookPoint;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import criticalwindows.hash.Sha256;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.ProbeKind;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeNumbers;
import criticalwindows.probe.Standard;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A probe in a folder: its numbers in `probe.safetensors`, and all else in `probe.json`.
///
/// The tensors are float32: `weights` of shape [logits, width], `bias` of shape \[logits\], `mean`
/// and `scale` of shape \[width\], and with attention `query` of shape \[width\]. Weights and query
/// are in standardised units: they go with (vector − mean) ÷ scale.
///
/// @param card what is known of it
public record ProbeFile(FittedProbe probe, ProbeCard card) {
  private static final int FORMAT = 1;
  private static final String NUMBERS = "probe.safetensors";
  private static final String CARD = "probe.json";

  /// Writes both files.
  ///
  /// @param folder new, empty, or with a probe that is replaced
  /// @throws UserError if it cannot be written
  public void write(Path folder) {
    ObjectNode node =
        JsonMapper.shared().createObjectNode().put("format", FORMAT).put("kind", probe.kind());
    probe.hooks().forEach(hook -> node.withArray("hooks").add(hook.word()));
    probe.classes().forEach(node.withArray("classes")::add);
    CardJson.put(node, card);
    try {
      Files.createDirectories(folder);
      // The card last: a folder without it is no probe.
      Files.deleteIfExists(folder.resolve(CARD));
      SafetensorsWriter.write(
          folder.resolve(NUMBERS), Map.of("format", "cw-probe " + FORMAT), tensors());
      Durable.write(
          folder.resolve(CARD),
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    } catch (IOException e) {
      throw Durable.unwritable(folder, e);
    }
  }

  private List<Stored> tensors() {
    ProbeNumbers numbers = probe.numbers();
    int queries = probe.form().queries();
    List<double[]> heads = new ArrayList<>();
    for (int k = queries; k < numbers.scores(); k++) {
      heads.add(numbers.weights(k));
    }
    double[] biases = Arrays.copyOfRange(numbers.biases(), queries, numbers.scores());
    List<Stored> stored = new ArrayList<>();
    stored.add(stored("weights", heads));
    stored.add(vector("bias", biases));
    stored.add(vector("mean", numbers.standard().means()));
    stored.add(vector("scale", numbers.standard().scales()));
    for (int k = 0; k < queries; k++) {
      stored.add(vector(k == 0 ? "query" : "query." + k, numbers.weights(k)));
    }
    return stored;
  }

  private static Stored vector(String name, double[] values) {
    Tensor tensor =
        new Tensor(name, List.of((long) values.length), (row, into) -> fill(values, into));
    return new Stored(tensor, ElementType.F32);
  }

  private static Stored stored(String name, List<double[]> rows) {
    List<Long> shape = List.of((long) rows.size(), (long) rows.getFirst().length);
    Tensor tensor =
        new Tensor(name, shape, (row, into) -> fill(rows.get(Math.toIntExact(row)), into));
    return new Stored(tensor, ElementType.F32);
  }

  private static void fill(double[] values, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) values[i];
    }
  }

  /// What both files of a folder hold, in hexadecimal digits: as `cat probe.json probe.safetensors
  /// | sha256sum` says it.
  ///
  /// @throws UserError if one cannot be read
  public static String sha256(Path folder) {
    try (InputStream both =
        new SequenceInputStream(
            Files.newInputStream(folder.resolve(CARD)),
            Files.newInputStream(folder.resolve(NUMBERS)))) {
      return Sha256.hex(both);
    } catch (IOException e) {
      throw Durable.unreadable(folder, e);
    }
  }

  /// Reads a probe.
  ///
  /// @throws UserError if the folder holds none, or its files are damaged or do not fit each other
  public static ProbeFile read(Path folder) {
    Path card = folder.resolve(CARD);
    if (!Files.isRegularFile(card)) {
      throw new UserError(
          "there is no probe in " + folder, "name a folder that cw probes fit --out wrote");
    }
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readString(card));
      int format = node.path("format").asInt(0);
      if (format != FORMAT) {
        throw new UserError(
            card + " has the format " + format + ", and this version reads " + FORMAT,
            "use the version of cw that wrote it, or fit the probe again");
      }
      return new ProbeFile(probe(folder, node), CardJson.read(node));
    } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
      throw new UserError(
          card + " and " + NUMBERS + " beside it are not a probe: " + e.getMessage(),
          "copy both files again, or fit the probe again with cw probes fit",
          e);
    } catch (IOException e) {
      throw Durable.unreadable(card, e);
    }
  }

  private static FittedProbe probe(Path folder, JsonNode node) {
    ProbeKind kind = ProbeKinds.named(node.path("kind").asString(""));
    List<String> classes = texts(node.path("classes"));
    if (classes.size() < 2) {
      throw new IllegalArgumentException(classes.size() + " classes");
    }
    List<HookPoint> hooks = texts(node.path("hooks")).stream().map(HookPoint::parse).toList();
    try (Safetensors file = Safetensors.open(folder.resolve(NUMBERS))) {
      return new FittedProbe(kind, hooks, classes, numbers(file, kind, classes.size()));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asString("")));
    return texts;
  }

  private static ProbeNumbers numbers(Safetensors file, ProbeKind kind, int classes) {
    double[] means = doubles(file, "mean");
    int width = means.length;
    int queries = kind.queries();
    double[][] weights = new double[kind.scores(classes)][];
    double[] heads = doubles(file, "weights");
    double[] bias = doubles(file, "bias");
    int logits = weights.length - queries;
    if (heads.length != logits * width || bias.length != logits) {
      throw new IllegalArgumentException(
          heads.length + " weights and " + bias.length + " biases for " + logits + " × " + width);
    }
    double[] biases = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      int head = k - queries;
      weights[k] =
          head < 0
              ? doubles(file, k == 0 ? "query" : "query." + k)
              : Arrays.copyOfRange(heads, head * width, (head + 1) * width);
      biases[k] = head < 0 ? 0 : bias[head];
    }
    return new ProbeNumbers(weights, biases, new Standard(means, doubles(file, "scale")));
  }

  private static double[] doubles(Safetensors file, String name) {
    float[] values = file.tensor(name).toArray();
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
