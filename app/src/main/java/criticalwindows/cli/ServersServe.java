package criticalwindows.cli;

import criticalwindows.console.AdapterOption;
import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.run.Interrupts;
import criticalwindows.serve.ModelServer;
import criticalwindows.serve.ServeOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw servers serve`: the embedded engine behind HTTP.
@Command(
    name = "serve",
    description = {
      "Serves a model over HTTP in the words of OpenAI and vLLM: completions by token id, with"
          + " seeds, log-probabilities and prompt log-probabilities. For this machine alone, unless"
          + " --host says otherwise; the environment's CW_API_KEY, if set, is asked of everybody."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw servers serve                                       the built-in model at port 8000",
      "  cw servers serve --model llama-3.1-8b.gguf --port 0    at any free port, which it prints",
      "  cw run cot --model http://127.0.0.1:8000               from another terminal"
    })
final class ServersServe implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      defaultValue = "base",
      description = "A built-in model or a GGUF file (default: ${DEFAULT-VALUE}).")
  String model = "base";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What requests call the model (default: its own name).")
  Optional<String> name = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Where to listen (default: ${DEFAULT-VALUE}, heard by this machine alone).")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8000",
      description = "Where to listen; 0 takes a free port (default: ${DEFAULT-VALUE}).")
  int port = 8000;

  @Mixin AdapterOption adapter = new AdapterOption();

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(names = "--chat-template", paramLabel = "NAME", description = "As for run.")
  Optional<String> chatTemplate = Optional.empty();

  private final CountDownLatch stop = new CountDownLatch(1);

  ServersServe(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (Address.isUrl(model)) {
      throw new UserError(
          "--model " + model + " is served already", "name a file or a built-in one");
    }
    String secret = System.getenv().getOrDefault(criticalwindows.remote.ApiKey.VARIABLE, "");
    ServeOptions served =
        new ServeOptions(host, port, name.orElse(""), secret.strip(), console.clock());
    try (Model opened = LlamaModel.open(ModelFiles.standard().find(model), options());
        ModelServer server = ModelServer.start(opened, served)) {
      console.out().println(server.address());
      console.err().println("serving " + opened.name() + "; stop with Ctrl-C");
      if (host.equals("0.0.0.0") && secret.isEmpty()) {
        console.err().println("anybody who reaches this machine can use it: set CW_API_KEY");
      }
      Interrupts guard = Interrupts.guard(console.stopped("stopped"));
      try (guard) {
        stop.await();
      }
    }
    return 0;
  }

  private LlamaOptions options() {
    LlamaOptions options = adapter.in(engine.options());
    return chatTemplate.map(options::withChatTemplate).orElse(options);
  }
}
