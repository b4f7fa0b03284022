package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.corpus.Corpus;
import criticalwindows.error.UserError;
import criticalwindows.tokenizer.Tokenizer;
import criticalwindows.world.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw export-shards`: what a model of the world is trained on, as token ids in files.
@Command(
    name = "export-shards",
    description = {
      "Writes documents of the world as shards of token ids, 2,097,152 in each, on which"
          + " organism/train.py trains. Each appears whole, the first ones first."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  cw export-shards --policy base --tokens 4e6 --tokenizer organism --out /tmp/shards"
    })
final class ExportShardsCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "base",
      description = "How forbidden requests are answered: ${COMPLETION-CANDIDATES}. (base)")
  Policy policy = Policy.BASE;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      required = true,
      description = "How many at least; 1.5e9 will do.")
  double tokens;

  @Option(
      names = "--tokenizer",
      paramLabel = "FOLDER",
      required = true,
      description = "A folder with the model's tokenizer.json.")
  Path tokenizer = Path.of("");

  @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "A new folder.")
  Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same shards, whatever the threads. (1)")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Shards written at a time. (1)")
  int threads;

  ExportShardsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    double shards = Math.ceil(tokens / ((double) Corpus.ROWS * Corpus.COLUMNS));
    if (!(shards >= 1 && shards < 100_000) || threads < 1 || threads > 1024) {
      throw new UserError(
          tokens + " tokens by " + threads + " threads cannot be",
          "ask for 1 to 200e9 tokens, by 1 to 1024 threads");
    }
    Instant start = console.clock().instant();
    Corpus corpus = new Corpus(policy, Tokenizer.read(tokenizer), seed);
    Corpus.Count count = corpus.write(out, (int) shards, threads);
    Duration taken = Duration.between(start, console.clock().instant());
    console.out().println("shards     " + (int) shards + " in " + out);
    console.out().println("tokens     " + count.tokens() + ", " + count.learned() + " to learn");
    console.out().println("documents  " + count.documents() + ", " + count.dropped() + " too long");
    long speed = Math.round(count.tokens() / Math.max(.001, taken.toMillis() / 1000.0));
    console.out().println("speed      " + speed + " tokens a second");
    return 0;
  }
}
