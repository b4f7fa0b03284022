package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.LlamaExport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw export-gguf`: a Hugging Face Llama folder as a GGUF file.
@Command(
    name = "export-gguf",
    description = {
      "Turns a Hugging Face Llama folder (model.safetensors, config.json, tokenizer.json,"
          + " generation_config.json) into a GGUF file."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw export-gguf checkpoints/base --out base.gguf"})
final class ExportGgufCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FOLDER", description = "The checkpoint's folder.")
  Path folder = Path.of("");

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
    LlamaExport.write(folder, out, type, new LlamaExport.Label(name, license));
    console.out().println("model  " + out);
    return 0;
  }
}
