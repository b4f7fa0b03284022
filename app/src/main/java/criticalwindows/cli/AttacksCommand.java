package criticalwindows.cli;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Family;
import criticalwindows.attack.FamilyCard;
import criticalwindows.attack.Request;
import criticalwindows.console.Console;
import criticalwindows.dataset.Card;
import criticalwindows.hub.Dressing;
import criticalwindows.hub.RequestSets;
import criticalwindows.hub.WorldRequests;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw attacks`: requests, and the ways to dress them.
@Command(
    name = "attacks",
    description =
        "Lists families of attacks and sources of requests, shows a family, or builds a file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[list|show FAMILY|build]",
    footer = {
      "",
      "Examples:",
      "  cw attacks list                 every family, and every source of requests",
      "  cw attacks show many-shot       its card, and what it makes of a request",
      "  cw attacks build --requests world --attack none,role-play,prefill --n 20 --out a.jsonl",
      "  cw run trace a.jsonl --outcome refusal"
    })
final class AttacksCommand implements Runnable {
  private final Console console;

  private AttacksCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new AttacksCommand(console))
        .addSubcommand("list", new AttacksList(console))
        .addSubcommand("show", new Show(console))
        .addSubcommand("build", new AttacksBuild(console));
  }

  @Override
  public void run() {
    new AttacksList(console).run();
  }

  /// `cw attacks list`: what there is.
  @Command(
      name = "list",
      description = "Lists the families of attacks and the sources of requests.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  cw attacks list"})
  static final class AttacksList implements Runnable {
    private final Console console;

    AttacksList(Console console) {
      this.console = console;
    }

    @Override
    public void run() {
      PrintStream out = console.out();
      out.println("families");
      for (Family family : Families.ALL) {
        out.println("  " + family.card().name());
        View.wrapped(family.card().about()).forEach(line -> out.println("  " + line));
      }
      out.println();
      out.println("requests");
      List<List<String>> rows = new ArrayList<>();
      for (Card card : RequestSets.cards()) {
        rows.add(List.of(card.name(), card.size(), card.licence(), card.about()));
      }
      View.aligned(rows).forEach(out::println);
      out.println();
      View.wrapped(
              "cw attacks show FAMILY shows one of them. Requests are also read from a file, by its"
                  + " columns, or as NAME:FILE; docs/attacks.md has the layouts.")
          .forEach(out::println);
    }
  }

  /// `cw attacks show`: a family, and what it makes of a request.
  @Command(
      name = "show",
      description = "Shows the card of a family, and what it makes of a request of the toy world.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples:",
        "  cw attacks show role-play",
        "  cw attacks show many-shot:2 --seed 7"
      })
  static final class Show implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "FAMILY", description = "The family.")
    String name = "";

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "By which the request is made and dressed (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    Show(Console console) {
      this.console = console;
    }

    @Override
    public void run() {
      // The card of a template is there without a file.
      boolean example = Families.names().contains(name);
      Family family =
          example
              ? Families.ALL.stream()
                  .filter(each -> each.name().equals(name))
                  .findFirst()
                  .orElseThrow()
              : Families.named(name);
      PrintStream out = console.out();
      FamilyCard card = family.card();
      out.println(card.name());
      View.wrapped(card.about()).forEach(out::println);
      View.wrapped("published: " + card.published()).forEach(out::println);
      View.wrapped("drawn for each request: " + card.drawn().orElse("nothing"))
          .forEach(out::println);
      Request request = WorldRequests.plain(Request.Kind.HARMFUL, 1, seed).getFirst();
      Attacked dressed = Families.dress(family, request, seed);
      out.println();
      out.println("── " + TerminalText.line(dressed.id()));
      Conversation.say(out, dressed.messages());
      dressed
          .opening()
          .ifPresent(
              opening -> {
                out.println("[assistant, begun]");
                out.println(TerminalText.line(opening));
              });
      dressed.made().forEach((what, value) -> out.println(what + ": " + TerminalText.line(value)));
      sayOwn(out, family, request, dressed);
    }

    private void sayOwn(PrintStream out, Family family, Request request, Attacked dressed) {
      Attacked own = new Dressing(seed, 1).dress(family, request);
      if (!own.messages().equals(dressed.messages())) {
        out.println();
        out.println("── the toy world's own wording, which its requests have in this family");
        Conversation.say(out, own.messages());
      }
    }
  }
}
