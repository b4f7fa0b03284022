package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.LlamaExport;
import criticalwindows.hub.ModelFiles;
import criticalwindows.lora.AdapterFile;
import criticalwindows.lora.BaseModel;
import criticalwindows.lora.Merging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw export-gguf`: a Hugging Face Llama folder as a GGUF file, or a model with an adapter.
@Command(
    name = "export-gguf",
    description = {
      "Turns a Hugging Face Llama folder (model.safetensors, config.json, tokenizer.json,"
          + " generation_config.json) into a GGUF file. With --adapter, a LoRA is added to the"
          + " weights of such a folder or of a GGUF file."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw export-gguf checkpoints/base --out base.gguf",
      "  cw export-gguf base.gguf --adapter tuned --type q8_0 --out tuned.gguf"
    })
final class ExportGgufCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FOLDER|FILE",
      description = "The checkpoint's folder; with --adapter also a GGUF file or a built-in model.")
  String model = "";

  @Option(
      names = "--adapter",
      paramLabel = "FILE",
      description = "What is added: a GGUF file, or a folder as PEFT saves it.")
  Optional<Path> adapter = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The GGUF file.")
  Path out = Path.of("");

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "f16",
      description = "How matrices are stored: f32, f16, bf16 or q8_0 (default: ${DEFAULT-VALUE}).")
  ElementType type = ElementType.F16;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What the file calls the model (default: the folder's name).")
  String name = "";

  @Option(
      names = "--license",
      paramLabel = "ID",
      defaultValue = "",
      description = "The weights' licence as SPDX writes it, such as apache-2.0.")
  String license = "";

  ExportGgufCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (Files.exists(out)) {
      throw new UserError(out + " is there already", "name a new file, or remove that one");
    }
    if (adapter.isPresent()) {
      merge(adapter.get());
    } else {
      LlamaExport.write(Path.of(model), out, type, new LlamaExport.Label(name, license));
    }
    console.out().println("model  " + out);
    return 0;
  }

  private void merge(Path added) {
    requireNoLabel();
    Path folder = Path.of(model);
    Path base = Files.isDirectory(folder) ? folder : ModelFiles.standard().find(model);
    try (AdapterFile found = AdapterFile.open(added, BaseModel.open(base))) {
      Merging.toGguf(base, found.adapter(), out, type);
    }
  }

  private void requireNoLabel() {
    String said = name.isEmpty() ? license : name;
    if (!said.isEmpty()) {
      throw new UserError(
          (name.isEmpty() ? "--license " : "--name ") + said + ", and --adapter",
          "leave it out: the file says of itself what its base says");
    }
  }
}
