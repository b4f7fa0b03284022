package criticalwindows.llamacpp;

import criticalwindows.model.ChatTemplate;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model from a GGUF file, run by llama.cpp in this process.
public final class LlamaModel implements Model {
  private final Path file;
  private final Weights weights;
  private final LlamaVocabulary vocabulary;
  private final LlamaTemplate template;

  private LlamaModel(Path file, Weights weights, LlamaOptions options) {
    this.file = file;
    this.weights = weights;
    vocabulary = new LlamaVocabulary(weights);
    template = LlamaTemplate.of(weights, options.chatTemplate());
  }

  /// Loads a model.
  ///
  /// @throws criticalwindows.mistake.Mistake if the file is missing, damaged, or of a kind that
  ///   cannot be cut; or if llama.cpp cannot be loaded here
  public static LlamaModel open(Path gguf, LlamaOptions options) {
    NativeFiles files = NativeFiles.find(System.getenv());
    Llama llama = NativeCheck.PINNED.load(files);
    return new LlamaModel(gguf, Weights.load(llama, gguf), options);
  }

  @Override
  public String name() {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".gguf") ? name.substring(0, name.length() - 5) : name;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public ChatTemplate chatTemplate() {
    return template;
  }

  @Override
  public int contextLength() {
    return weights.number("llama_model_n_ctx_train");
  }

  @Override
  public Recommended recommended() {
    Optional<String> temperature = weights.metadata("general.sampling.temp");
    Optional<String> topP = weights.metadata("general.sampling.top_p");
    if (temperature.isEmpty() && topP.isEmpty()) {
      return new Recommended(
          Sampling.PLAIN, "the file recommends nothing, so the plain distribution");
    }
    double t = temperature.map(Double::parseDouble).orElse(1.0);
    double p = topP.map(Double::parseDouble).orElse(1.0);
    return new Recommended(new Sampling(t, p), "the file's general.sampling");
  }

  @Override
  public int width(int tokens) {
    return 1;
  }

  @Override
  public void run(List<Script> scripts, Sink sink) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  @Override
  public LogProbs score(Tokens tokens) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of();
  }

  @Override
  public void close() {
    weights.free();
  }
}
