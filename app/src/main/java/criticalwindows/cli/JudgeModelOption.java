package criticalwindows.cli;

import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.scoring.JudgeModel;
import criticalwindows.scoring.Outcomes.Judges;
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

  /// The model that was named; none where none was.
  Judges judges() {
    return model
        .map(name -> Judges.by(new JudgeModel(() -> AnyModel.open(name, LlamaOptions.defaults()))))
        .orElse(Judges.NONE);
  }
}
