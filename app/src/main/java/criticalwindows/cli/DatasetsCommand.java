package criticalwindows.cli;

import criticalwindows.dataset.Card;
import criticalwindows.hub.Datasets;
import criticalwindows.hub.Example;
import criticalwindows.mistake.Mistake;
import criticalwindows.model.Message;
import criticalwindows.prompt.PromptSet;
import criticalwindows.report.Plain;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw datasets`: what there is to run on.
@Command(
    name = "datasets",
    description = "Lists the data sets, or shows problems of one.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[show NAME]",
    footer = {
      "",
      "Examples:",
      "  cw datasets                             all that have a name",
      "  cw datasets show world:method --n 3     three problems as a model will see them"
    })
final class DatasetsCommand implements Runnable {
  private final Console console;

  private DatasetsCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new DatasetsCommand(console)).addSubcommand("show", new Show(console));
  }

  @Override
  public void run() {
    List<Card> all = new ArrayList<>();
    all.add(new Card("name", "what it asks", "problems", "from", "licence"));
    all.addAll(Datasets.cards());
    for (Card card : all) {
      console
          .out()
          .println(
              column(all, Card::name, card)
                  + column(all, Card::size, card)
                  + column(all, Card::licence, card)
                  + column(all, Card::source, card)
                  + card.about());
    }
    console.out().println();
    console.out().println("A path to a .jsonl file of problems is a data set too.");
  }

  /// The field of a card, as wide as the widest of all.
  private static String column(List<Card> all, Function<Card, String> field, Card card) {
    int width = all.stream().mapToInt(each -> field.apply(each).length()).max().orElse(0);
    String text = field.apply(card);
    return text + " ".repeat(width + 2 - text.length());
  }

  /// `cw datasets show`: problems as a model will see them.
  @Command(
      name = "show",
      description = "Shows problems of a data set as a model will see them.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples:",
        "  cw datasets show world:method --n 3",
        "  cw datasets show mine.jsonl --seed 7"
      })
  static final class Show implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME|FILE", description = "The data set.")
    String name = "";

    @Option(
        names = "--n",
        paramLabel = "N",
        defaultValue = "1",
        description = "How many (default: ${DEFAULT-VALUE}).")
    int count = 1;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "As for run: the same seed and number give a run's problems.")
    long seed = 1;

    Show(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      if (count < 1) {
        throw new Mistake("--n " + count, "give at least 1");
      }
      List<Example> examples = Datasets.examples(name, count, seed, PromptSet.standard());
      Card card = Datasets.card(name);
      PrintStream out = console.out();
      out.println(Plain.line(card.name()) + ": " + Plain.line(card.about()));
      out.println(
          Plain.line(card.size() + " problems, " + card.licence() + ", from " + card.source()));
      for (int i = 0; i < examples.size(); i++) {
        out.println();
        out.println(
            "── "
                + (i + 1)
                + " of "
                + examples.size()
                + " · "
                + Plain.line(examples.get(i).caption()));
        examples.get(i).messages().forEach(message -> say(out, message));
      }
      return 0;
    }

    /// Line by line, for what a data set holds is as hostile in a terminal as what a model writes.
    private static void say(PrintStream out, Message message) {
      out.println("[" + message.role().word() + "]");
      message
          .text()
          .lines()
          .forEach(line -> out.println((line.startsWith(" ") ? " " : "") + Plain.line(line)));
    }
  }
}
