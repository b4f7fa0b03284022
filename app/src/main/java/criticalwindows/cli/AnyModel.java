package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
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
    requireFile(name, options.adapter());
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

  /// An adapter is added to weights that are computed with here.
  ///
  /// @throws UserError if there is one, and the model is at a server
  static void requireFile(String model, Optional<Path> adapter) {
    if (adapter.isPresent() && Address.isUrl(model)) {
      throw new UserError(
          "the adapter " + adapter.get() + ", and the model is at the server " + model,
          "give it to the server: cw servers serve --adapter, or vLLM's --lora-modules NAME=FOLDER"
              + " and then --served-model NAME");
    }
  }
}
