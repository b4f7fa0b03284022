package criticalwindows.reminders;

import criticalwindows.defence.Defence;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Objectives;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import criticalwindows.study.Teaching;
import criticalwindows.study.TrainingStudy.Repetition;
import java.util.List;

/// One repetition of [RemindersStudy]: its arms learn from the same replies.
///
/// @param model as it is without training, which this closes
/// @param items to measure with
/// @param turns to learn from
/// @param seed of the repetition
record ReminderArms(Way way, LlamaModel model, ReminderItems items, ReminderTurns turns, long seed)
    implements Repetition {
  /// Facts of each arm: tokens read, the sum of all weights, and steps; 0 without training.
  static final String TOKENS = "tokens";

  static final String MASS = "mass";
  static final String STEPS = "steps";

  /// How all repetitions are done.
  ///
  /// @param model by name
  /// @param rank of adapters
  record Way(Lab lab, String model, ReminderScale scale, int rank, Reminder reminder) {}

  /// Samples the replies that are learnt from.
  static ReminderArms begin(Way way, long seed) throws InterruptedException {
    ReminderItems items = ReminderItems.draw(way.scale.items());
    LlamaModel model = way.lab.engine(way.model);
    try {
      ReplySource source = new ReplySource(model);
      List<Prompted> asked = items.others(way.scale.replies(), source, seed);
      List<OwnReply> replies = source.own(asked, seed);
      ReminderTurns turns =
          new ReminderTurns(source, model.vocabulary(), replies, way.reminder, seed);
      return new ReminderArms(way, model, items, turns.within(model.contextLength()), seed);
    } catch (InterruptedException | RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  @Override
  public Measured arm(String arm) throws InterruptedException {
    return switch (ReminderArm.named(arm)) {
      case PLAIN -> {
        Measured.Builder measured = measures().of(model, List.of(), way.lab.clock());
        measures().exact(model, measured);
        yield untaught(measured);
      }
      case HEADER -> {
        Defence header = new Defence.Header(way.reminder.every());
        yield untaught(measures().of(model, List.of(header), way.lab.clock()));
      }
      case PLACEBO -> taught(turns.plain());
      case REMINDERS -> taught(turns.reminded());
      case RECOVERY -> taught(turns.recovery());
      case BOTH -> taught(turns.remindedRecovery());
    };
  }

  private static Measured untaught(Measured.Builder measured) {
    return measured.fact(TOKENS, 0).fact(MASS, 0).fact(STEPS, 0).build();
  }

  private Measured taught(List<WrittenTurn> learntFrom) throws InterruptedException {
    Teaching teaching = teaching(learntFrom);
    return way.lab.taught(
        teaching,
        (box, adapter) -> {
          try (LlamaModel taught = way.lab.engine(way.model, adapter)) {
            return measures()
                .of(taught, List.of(), way.lab.clock())
                .fact(TOKENS, (double) teaching.tokens())
                .fact(MASS, teaching.mass())
                .fact(STEPS, (double) steps(teaching))
                .build();
          }
        });
  }

  private static long steps(Teaching teaching) {
    return (long) teaching.epochs() * Math.ceilDiv(teaching.examples().size(), teaching.batch());
  }

  private ReminderMeasures measures() {
    return new ReminderMeasures(items, way.scale.depths(), way.reminder, seed);
  }

  private Teaching teaching(List<WrittenTurn> learntFrom) {
    List<Example> examples = way.scale.budget().examples(learntFrom);
    return new Teaching(
        way.model,
        Objectives.standard().getFirst(),
        examples,
        way.scale.epochs(),
        way.scale.budget().batch(examples),
        way.scale.rate(),
        way.rank,
        seed);
  }

  @Override
  public void close() {
    model.close();
  }
}
