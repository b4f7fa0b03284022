package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.scoring.JudgeModel;
import criticalwindows.scoring.Outcomes.Judges;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The model in the role of a judge.
final class JudgeModelOption {
  @Option(
      names = "--judge-model",
      paramLabel = "NAME|FILE|URL",
      description =
          "The model that judge:TEMPLATE asks: a built-in one, a GGUF file, or a server that gives"
              + " log-probabilities of prompts.")
  Optional<String> model = Optional.empty();

  @Option(
      names = "--judge-adapter",
      paramLabel = "FILE",
      description =
          "A LoRA adapter that is added to it: a GGUF file, or a folder as PEFT saves it.")
  Optional<Path> adapter = Optional.empty();

  /// The model that was named; none where none was.
  Judges judges() {
    if (adapter.isPresent() && model.isEmpty()) {
      throw new UserError(
          "--judge-adapter " + adapter.get() + ", and no judge",
          "name the model that it is added to with --judge-model");
    }
    LlamaOptions options = LlamaOptions.defaults();
    LlamaOptions adapted = adapter.map(options::withAdapter).orElse(options);
    return model
        .map(name -> Judges.by(new JudgeModel(() -> AnyModel.open(name, adapted))))
        .orElse(Judges.NONE);
  }
}
