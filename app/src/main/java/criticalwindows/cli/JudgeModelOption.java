package criticalwindows.cli;

import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.remote.ApiKey;
import criticalwindows.remote.RemoteModel;
import criticalwindows.remote.RemoteOptions;
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
    return model.map(name -> Judges.by(new JudgeModel(() -> open(name)))).orElse(Judges.NONE);
  }

  private static Model open(String name) throws InterruptedException {
    return Address.isUrl(name)
        ? RemoteModel.open(
            new RemoteOptions(
                Address.parse(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ApiKey.find(System.getenv(), Optional.empty()),
                RemoteOptions.Load.STANDARD))
        : LlamaModel.open(ModelFiles.standard().find(name), LlamaOptions.defaults());
  }
}
