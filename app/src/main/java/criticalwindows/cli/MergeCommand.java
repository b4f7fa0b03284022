package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.run.Merge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw merge`: several runs of one configuration become one.
@Command(
    name = "merge",
    description = {
      "Joins runs of one configuration, such as the shares of --shard, into a new run with the"
          + " samples of all. No key may be in two of them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw merge shard-1 shard-2 shard-3 --out whole",
      "  cw resume whole                                what is still missing"
    })
final class MergeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", arity = "2..*", description = "The runs' folders.")
  List<Path> folders = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The new run's folder; must not exist.")
  Path out = Path.of("");

  MergeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Merge merge = Merge.of(folders, out);
    console.out().println(merge.rollouts() + " rollouts of " + folders.size() + " runs in " + out);
    merge.notes().forEach(note -> console.err().println("note: " + note));
    return 0;
  }
}
