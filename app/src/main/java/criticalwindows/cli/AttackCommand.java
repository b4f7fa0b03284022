package criticalwindows.cli;

import criticalwindows.attack.Attacked;
import criticalwindows.console.Console;
import criticalwindows.cot.CotSettings;
import criticalwindows.model.Model;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.trace.Trace;
import criticalwindows.trace.TraceSettings;
import criticalwindows.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cw run attack`: where replies to attacks are decided.
@Command(
    name = "attack",
    description = {
      "Where in its reply to an attack does a model decide to comply? The model replies to each"
          + " request, dressed by each family of attacks; the reply is cut before each of its first"
          + " tokens, and from each cut it is written anew many times. Curves show P(complied),"
          + " whatever the reply itself came to. A refusal that nothing in the reply can change was"
          + " decided before the response, and is counted so."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw run attack --model aligned --attack none,role-play,many-shot --n 20",
      "  cw run attack --model aligned --attack none,multi-turn --cuts every:1 --max-tokens 80",
      "  cw run attack --model http://gpu1:8000 --attack none,role-play --outcome"
          + " program:./judge.py --follow harmful"
    })
final class AttackCommand implements Callable<Integer> {
  private final Console console;

  @Mixin RequestOptions requests = new RequestOptions();

  @Mixin CutRunOptions texts = new CutRunOptions();

  @Mixin CutOptions cutting = new CutOptions(CutOptions.FIRST);

  AttackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    cutting.check();
    texts.check();
    requests.check();
    List<Attacked> attacked = requests.dressed(console, cutting.sampling.seed);
    try (Outcomes outcomes = texts.outcome.orElse(Outcomes.REFUSAL, RequestOptions.COMPLIED);
        Model opened = texts.model.open(console)) {
      List<Trace> traces = new ArrayList<>();
      attacked.forEach(each -> traces.add(each.trace("request " + (traces.size() + 1))));
      Tracing tracing = Tracing.of(opened, traces, requests.source);
      CotSettings cuts =
          cutting.settings(opened, TextRun.most(opened, tracing.items(), RequestOptions.REPLY));
      TextRun.Asked asked =
          new TextRun.Asked(
              Experiments.ATTACK,
              requests.source,
              cutting.sampling,
              new TraceSettings(cuts, List.of()));
      return new TextRun(console, texts, opened, outcomes).go(asked, tracing);
    }
  }
}
