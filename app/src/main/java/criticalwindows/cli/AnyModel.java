package criticalwindows.cli;

import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.remote.ApiKey;
import criticalwindows.remote.RemoteModel;
import criticalwindows.remote.RemoteOptions;
import java.util.Optional;

/// A model by what it is called: a built-in one, a GGUF file, or servers with nothing else said of
/// them.
final class AnyModel {
  private AnyModel() {}

  /// Opens it; whoever asks closes it.
  ///
  /// @param options of one that is computed here
  static Model open(String name, LlamaOptions options) throws InterruptedException {
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
}
