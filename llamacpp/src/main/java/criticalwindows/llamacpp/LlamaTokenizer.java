package criticalwindows.llamacpp;

import criticalwindows.error.UserError;
import criticalwindows.model.Model.Recommended;
import criticalwindows.model.Sampling;
import criticalwindows.model.Vocabulary;
import java.nio.file.Path;
import java.util.Optional;

/// The tokenizer of a model file, without the model: for servers that run the file and do not say
/// their vocabulary.
public final class LlamaTokenizer implements AutoCloseable {
  private final Path file;
  private final Weights weights;
  private final Vocabulary vocabulary;

  private LlamaTokenizer(Path file, Weights weights) {
    this.file = file;
    this.weights = weights;
    vocabulary = new LlamaVocabulary(weights);
  }

  /// Reads a file; its weights are not looked at and need not be there.
  ///
  /// @throws UserError if it is missing, damaged, or holds no vocabulary
  public static LlamaTokenizer open(Path gguf) {
    Weights.requireGguf(gguf);
    NativeFiles natives = NativeFiles.find(System.getenv());
    Weights weights =
        NativeCheck.PINNED.open(natives, gguf, llama -> Weights.vocabularyOf(llama, gguf));
    return new LlamaTokenizer(gguf, weights);
  }

  /// Its tokens, until it is closed.
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /// The sampling that the file recommends, if it does.
  public Optional<Recommended> recommended() {
    return recommended(weights, file);
  }

  static Optional<Recommended> recommended(Weights weights, Path file) {
    Optional<String> temperature = weights.metadata("general.sampling.temp");
    Optional<String> topP = weights.metadata("general.sampling.top_p");
    if (temperature.isEmpty() && topP.isEmpty()) {
      return Optional.empty();
    }
    try {
      double t = temperature.map(Double::parseDouble).orElse(1.0);
      double p = topP.map(Double::parseDouble).orElse(1.0);
      return Optional.of(new Recommended(new Sampling(t, p), "the file's general.sampling"));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          file
              + " recommends what cannot be: general.sampling.temp = "
              + temperature.orElse("nothing")
              + ", general.sampling.top_p = "
              + topP.orElse("nothing"),
          "give both --temperature, in [0, 100], and --top-p, in (0, 1]",
          e);
    }
  }

  @Override
  public void close() {
    weights.free();
  }
}
