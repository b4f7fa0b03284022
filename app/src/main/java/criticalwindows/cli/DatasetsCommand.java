package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.dataset.Card;
import criticalwindows.error.UserError;
import criticalwindows.hub.Datasets;
import criticalwindows.hub.Example;
import criticalwindows.hub.Examples;
import criticalwindows.view.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw datasets`: what there is to run on.
@Command(
    name = "datasets",
    description = "Lists the data sets, or shows problems of one, or its card.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[show NAME|card NAME]",
    footer = {
      "",
      "Examples:",
      "  cw datasets                             all that have a name",
      "  cw datasets show world:method --n 3     three problems as a model will see them",
      "  cw datasets show mmlu:data/test --n 3   the same of files in a layout of MMLU's",
      "  cw datasets card mmlu                   paper, licence, layouts, how its text is made"
    })
final class DatasetsCommand implements Runnable {
  private final Console console;

  private DatasetsCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new DatasetsCommand(console))
        .addSubcommand("show", new Show(console))
        .addSubcommand("card", new ShowCard(console));
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
    console
        .out()
        .println(
            "Benchmarks come from the hub by name, or from a file or folder: mmlu:FILE. A path to a"
                + " file of problems\nin JSON is a data set too.");
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
        throw new UserError("--n " + count, "give at least 1");
      }
      Examples shown = Datasets.examples(name, count, seed, () -> Hubs.of(console));
      head(Datasets.card(name), shown);
      List<Example> examples = shown.examples();
      PrintStream out = console.out();
      for (int i = 0; i < examples.size(); i++) {
        out.println();
        out.println(
            "── "
                + (i + 1)
                + " of "
                + examples.size()
                + " · "
                + TerminalText.line(examples.get(i).caption()));
        Conversation.say(out, examples.get(i).messages());
      }
      Hubs.say(console, shown.notes());
      return 0;
    }

    private void head(Card card, Examples shown) {
      PrintStream out = console.out();
      out.println(TerminalText.line(card.name()) + ": " + TerminalText.line(card.about()));
      out.println(
          TerminalText.line(
              card.size() + " problems, " + card.licence() + ", from " + card.source()));
      new TreeMap<>(shown.provenance())
          .forEach((name, value) -> out.println(name + ": " + TerminalText.line(value)));
    }
  }

  /// `cw datasets card`: all there is to know of a benchmark.
  @Command(
      name = "card",
      description =
          "Prints the card of a benchmark: paper, licence, layouts, how its text is made.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  cw datasets card mmlu"})
  static final class ShowCard implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "The benchmark.")
    String name = "";

    ShowCard(Console console) {
      this.console = console;
    }

    @Override
    public void run() {
      console.out().print(Datasets.description(name));
    }
  }
}
