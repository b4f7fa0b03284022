package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.llamacpp.Steering;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.remote.ApiKey;
import criticalwindows.remote.RemoteModel;
import criticalwindows.remote.RemoteOptions;
import java.nio.file.Path;
import java.util.Optional;

/// A model by what it is called: a built-in one, a GGUF file, or servers with nothing else said of
/// them.
final class AnyModel {
  private AnyModel() {}

  /// Opens it; whoever asks closes it.
  ///
  /// @param options of one that is computed here
  static Model open(String name, LlamaOptions options) throws InterruptedException {
    requireFile(name, options);
    return Address.isUrl(name)
        ? RemoteModel.open(
            new RemoteOptions(
                Address.parse(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ApiKey.find(System.getenv(), Optional.empty()),
                RemoteOptions.Load.STANDARD))
        : LlamaModel.open(ModelFiles.standard().find(name), options);
  }

  /// An adapter and a control vector are added to what is computed here.
  ///
  /// @throws UserError if there is one, and the model is at a server
  static void requireFile(String model, LlamaOptions options) {
    Optional<Path> adapter = options.adapter();
    if (adapter.isPresent() && Address.isUrl(model)) {
      throw new UserError(
          "the adapter " + adapter.get() + ", and the model is at the server " + model,
          "give it to the server: cw servers serve --adapter, or vLLM's --lora-modules NAME=FOLDER"
              + " and then --served-model NAME");
    }
    Optional<Path> vector = options.steering().map(Steering::file);
    if (vector.isPresent() && Address.isUrl(model)) {
      throw new UserError(
          "the control vector " + vector.get() + ", and the model is at the server " + model,
          "only a model that is computed here can be steered: name its GGUF file with --model");
    }
  }
}
