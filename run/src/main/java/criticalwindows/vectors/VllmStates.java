package criticalwindows.vectors;

import criticalwindows.activation.Extraction;
import criticalwindows.activation.WantedText;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.Tensor;
import criticalwindows.model.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Hidden states that vLLM wrote, a file of safetensors for each text: `hidden_states` of shape
/// [tokens, layers, width], and `token_ids`, one for each token. A text's file is the one whose
/// token ids begin with the text's; names do not matter.
///
/// *Source:* `extract_hidden_states` of vLLM, whose layer k is the residual stream after the k-th
/// layer, before the final norm, and whose layer 0 is the embeddings.
public final class VllmStates implements PartedExtraction.Source {
  private static final String STATES = "hidden_states";
  private static final String IDS = "token_ids";

  private final List<States> files;
  private final int layers;

  /// A file.
  private record States(Path file, Tokens ids, int width) {
    private static final Comparator<States> ORDER =
        Comparator.comparing(states -> states.ids.toArray(), Arrays::compare);
  }

  private VllmStates(List<States> files, int layers) {
    this.files = files;
    this.layers = layers;
  }

  /// Opens a folder of files.
  ///
  /// @param layers that each of them has
  /// @throws UserError if there is none, or one is of another layout
  public static VllmStates open(Path folder, int layers) {
    try (Stream<Path> there = Files.list(folder)) {
      List<States> files =
          there
              .filter(file -> file.toString().endsWith(".safetensors"))
              .sorted()
              .map(file -> states(file, layers))
              .sorted(States.ORDER)
              .toList();
      if (files.isEmpty()) {
        throw new UserError(
            "there is no file .safetensors in " + folder,
            "name the folder that vLLM's connector writes to, its shared_storage_path");
      }
      return new VllmStates(files, layers);
    } catch (IOException e) {
      throw Durable.unreadable(folder, e);
    }
  }

  private static States states(Path file, int layers) {
    try (Safetensors source = Safetensors.open(file)) {
      List<Long> shape = source.tensor(STATES).shape();
      long[] ids = source.integers(IDS);
      if (shape.size() != 3 || shape.getFirst() != ids.length || shape.get(1) != layers) {
        throw new UserError(
            file
                + " has hidden_states of shape "
                + shape
                + " and "
                + ids.length
                + " token_ids, where "
                + layers
                + " layers are named",
            "name all layers that vLLM was told to write, in their order, with --layers");
      }
      int[] tokens = Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
      return new States(file, Tokens.of(tokens), Math.toIntExact(shape.getLast()));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new UserError(
          file + " has token_ids that are none", "write the hidden states again with vLLM", e);
    }
  }

  /// The size of a vector.
  public int width() {
    return files.getFirst().width;
  }

  /// Refuses texts that have no file, before anything is read.
  ///
  /// @throws UserError that says which text, and where the nearest file differs
  public void require(List<WantedText> texts) {
    texts.forEach(this::of);
  }

  @Override
  public long read(List<WantedText> texts, Extraction.Sink sink) throws InterruptedException {
    for (int i = 0; i < texts.size(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while hidden states were read");
      }
      sink.take(i, vectors(texts.get(i)));
    }
    return 0;
  }

  private float[][] vectors(WantedText text) {
    try (Safetensors source = Safetensors.open(of(text).file)) {
      Tensor states = source.tensor(STATES);
      int width = states.columns();
      float[][] vectors = new float[text.kept().size()][layers * width];
      float[] row = new float[width];
      for (int i = 0; i < vectors.length; i++) {
        for (int layer = 0; layer < layers; layer++) {
          long token = text.position(text.kept().get(i));
          states.rows().read(token * layers + layer, row);
          System.arraycopy(row, 0, vectors[i], layer * width, width);
        }
      }
      return vectors;
    }
  }

  /// The file of a text.
  private States of(WantedText text) {
    Tokens read = text.read();
    int[] ids = read.toArray();
    int low = 0;
    int high = files.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compare(files.get(middle).ids.toArray(), ids) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    States nearest =
        files.subList(Math.max(0, low - 1), Math.min(files.size(), low + 1)).stream()
            .max(Comparator.comparingInt(states -> states.ids.commonPrefix(read)))
            .orElseThrow();
    int common = nearest.ids.commonPrefix(read);
    if (common < read.size()) {
      throw differs(text, nearest, common);
    }
    if (nearest.width != width()) {
      throw new UserError(
          nearest.file + " has vectors of another size than " + files.getFirst().file,
          "read files of one model at a time");
    }
    return nearest;
  }

  private static UserError differs(WantedText text, States nearest, int common) {
    String there =
        common < nearest.ids.size() ? "token " + nearest.ids.at(common) : "no token any more";
    return new UserError(
        "no file of vLLM has the text "
            + text.id()
            + ": the nearest, "
            + nearest.file
            + ", has "
            + there
            + " where it has token "
            + text.read().at(common)
            + ", at place "
            + common,
        "have vLLM read the same token ids, prompt and response, not texts that it tokenises"
            + " itself");
  }

  @Override
  public void close() {}
}
