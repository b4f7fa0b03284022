package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.Gradients;
import criticalwindows.error.UserError;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.rollout.Budget;
import criticalwindows.run.Interrupts;
import criticalwindows.study.StudyCell;
import criticalwindows.study.StudyFolder;
import criticalwindows.study.StudyRun;
import criticalwindows.study.TrainingStudy;
import criticalwindows.study.TrainingStudy.Size;
import criticalwindows.view.View;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw study`: a question about training, put to a built-in model whose truth is known.
@Command(
    name = "study",
    description = {
      "Puts a question about training to a built-in model whose truth is known: several arms with"
          + " their controls, in several repetitions, measured on held-out items. Out comes a page"
          + " with tables and a figure; those in docs/studies were made so. Without a name it"
          + " lists the studies. Stopped or killed, it goes on with --resume."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw study                                 what there is",
      "  cw study weights --size small            in a minute: shows that it works, no more",
      "  cw study reference --out runs/reference  as in docs/studies/reference",
      "  cw study --resume runs/reference         goes on, or writes the page again"
    })
final class StudyCommand implements Callable<Integer> {
  private final Console console;
  private final Gradients gradients;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which study.")
  Optional<String> name = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "published",
      description = {
        "published, which takes up to two hours on two cores, or small, a minute to try it"
            + " (default: ${DEFAULT-VALUE})."
      })
  Size size = Size.PUBLISHED;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "A new folder for all that comes out (default: runs/study-NAME).")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Repetitions that are computed side by side, with one thread each (default: the machine's"
            + " cores). It changes no number."
      })
  Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with a study that was stopped; where it has ended, write its page anew.")
  Optional<Path> resume = Optional.empty();

  StudyCommand(Console console, Gradients gradients) {
    this.console = console;
    this.gradients = gradients;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (threads.filter(count -> count < 1 || count > 512).isPresent()) {
      throw new UserError("--threads " + threads.get(), "name between 1 and 512 of them");
    }
    if (resume.isPresent()) {
      if (name.isPresent() || out.isPresent()) {
        throw new UserError(
            "--resume with another study or folder", "it goes on as it was begun: give it alone");
      }
      go(StudyFolder.open(resume.get(), Studies.ALL), resume.get());
    } else if (name.isPresent()) {
      begin(TrainingStudy.named(name.get(), Studies.ALL));
    } else {
      list();
    }
    return 0;
  }

  private void list() {
    List<List<String>> rows =
        Studies.ALL.stream().map(study -> List.of(study.name(), study.about())).toList();
    View.aligned(rows).forEach(console.out()::println);
  }

  private void begin(TrainingStudy study) throws InterruptedException {
    WhiteBoxes.required(gradients.whiteBoxes(), "study " + study.name());
    Path folder = out.orElseGet(() -> Path.of("runs", "study-" + study.name()));
    Map<String, String> by = new LinkedHashMap<>();
    by.put("cw", Version.number());
    by.put("commit", Version.commit());
    by.put("engine", LlamaModel.engineVersion());
    go(StudyFolder.create(folder, study, size, by), folder);
  }

  private void go(StudyFolder folder, Path path) throws InterruptedException {
    if (folder.cells().size() < folder.all()) {
      work(folder, path);
    }
    StudyFolder.Written written = folder.write();
    View.wrapped(written.finding()).forEach(console.out()::println);
    console.out().println("page  " + written.page());
  }

  private void work(StudyFolder folder, Path path) throws InterruptedException {
    StudyRun.Tools tools =
        new StudyRun.Tools(
            WhiteBoxes.required(gradients.whiteBoxes(), "study --resume " + path),
            ProbeFitter.required(gradients.probeFitter(), "study --resume " + path),
            ModelFiles.standard(),
            console.clock());
    int side = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    int before = folder.cells().size();
    console.err().println("study: " + path);
    String advice =
        "stopped; what has ended is in " + path + "\ngo on with: cw study --resume " + path;
    Interrupts guard = Interrupts.guard(console.stopped(advice));
    Instant begun = console.clock().instant();
    try (guard) {
      StudyRun.Watch watch =
          (cell, done, all) ->
              say(
                  cell,
                  new Ended(done, all, done - before),
                  Duration.between(begun, console.clock().instant()));
      new StudyRun(folder, tools, side, watch).run();
    }
  }

  /// How far a study is.
  ///
  /// @param now of those that are done, how many this program has done
  private record Ended(int done, int all, int now) {}

  private void say(StudyCell cell, Ended ended, Duration taken) {
    String left =
        ended.done == ended.all
            ? ""
            : " · about "
                + Budget.spoken(
                    Duration.ofSeconds(taken.toSeconds() * (ended.all - ended.done) / ended.now))
                + " left";
    console
        .err()
        .println(
            ended.done
                + " of "
                + ended.all
                + " · repetition "
                + cell.seed()
                + ", "
                + cell.arm()
                + left);
  }
}
