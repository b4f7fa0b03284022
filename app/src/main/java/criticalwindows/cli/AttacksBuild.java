package criticalwindows.cli;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Family;
import criticalwindows.attack.Templated;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.hub.Dressing;
import criticalwindows.hub.RequestSet;
import criticalwindows.hub.RequestSets;
import criticalwindows.reading.AttackLines;
import criticalwindows.view.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw attacks build`: dressed requests as a file for `cw run trace`.
@Command(
    name = "build",
    description = {
      "Dresses requests, and writes them as texts for cw run trace: a line for each request in each"
          + " family. The model of the run writes the replies."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw attacks build --requests world --attack none,role-play,many-shot --n 50 --out a.jsonl",
      "  cw attacks build --requests world --requests world-harmless --attack letter-case --copies"
          + " 5 \\",
      "      --n 20 --out noise.jsonl",
      "  cw attacks build --requests jailbreakbench:behaviors_harmful.csv --attack prefill:target"
          + " --out p.jsonl",
      "  cw attacks build --requests llama3-jailbreaks:harmful_gcg.parquet --out gcg.jsonl"
    })
final class AttacksBuild implements Runnable {
  private static final int WORLD = 100;

  private final Console console;

  @Option(
      names = "--requests",
      paramLabel = "SOURCE",
      required = true,
      description = {
        "What is asked for: a name of cw attacks list, NAME:FILE, or a file of requests. May be"
            + " there several times."
      })
  List<String> requests = List.of();

  @Option(
      names = "--attack",
      paramLabel = "FAMILY,…",
      description = "The families that dress them (default: none, the requests as they are).")
  Optional<String> attack = Optional.empty();

  @Option(
      names = "--n",
      paramLabel = "N",
      description = "How many requests of each source (default: all; of the toy world 100).")
  Optional<Integer> count = Optional.empty();

  @Option(
      names = "--copies",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "How many of each request, in families that draw something: best of N (default:"
            + " ${DEFAULT-VALUE})."
      })
  int copies = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "By which requests are drawn and dressed (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file, of lines of JSON; must not exist.")
  Path out = Path.of("");

  AttacksBuild(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    requirePositive("--n", count.orElse(1));
    requirePositive("--copies", copies);
    List<Family> families = attack.map(Families::list).orElse(List.of(Families.NONE));
    List<String> lines = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String source : requests) {
      RequestSet set = read(source);
      Hubs.say(console, set.notes());
      if (!set.templated().isEmpty() && attack.isPresent()) {
        throw new UserError(
            "--attack, and the prompts of " + source + " are dressed already",
            "leave --attack out: they are taken as they are");
      }
      for (Templated templated : set.templated()) {
        requireNew(ids, templated.id(), source);
        lines.add(AttackLines.line(templated));
      }
      for (Attacked attacked : new Dressing(seed, copies).all(set.requests(), families)) {
        requireNew(ids, attacked.id(), source);
        lines.add(AttackLines.line(attacked));
      }
    }
    AttackLines.write(out, lines);
    console
        .out()
        .println(
            lines.size()
                + (lines.size() == 1 ? " text in " : " texts in ")
                + TerminalText.line(out.toString())
                + "; cw run trace "
                + TerminalText.line(out.toString())
                + " --outcome refusal runs them");
  }

  private RequestSet read(String source) {
    int all = source.startsWith("world") ? WORLD : RequestSets.ALL;
    return RequestSets.read(
        new RequestSets.Wish(source, count.orElse(all), seed, () -> Hubs.of(console)));
  }

  private static void requirePositive(String option, int number) {
    if (number < 1) {
      throw new UserError(option + " " + number, "give at least 1");
    }
  }

  private static void requireNew(Set<String> ids, String id, String source) {
    if (!ids.add(id)) {
      throw new UserError(
          "--requests " + source + ": the text " + id + " is there twice",
          "name each source once; requests of two files with the same ids need other ids");
    }
  }
}
