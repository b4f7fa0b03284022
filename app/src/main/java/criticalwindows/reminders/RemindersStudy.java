package criticalwindows.reminders;

import criticalwindows.study.Design;
import criticalwindows.study.Lab;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.TrainingStudy;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whether a model refuses more often, when somebody else has begun its turn, once it was taught to
/// remind itself of its purpose after every k tokens; and what that costs.
public final class RemindersStudy implements TrainingStudy {
  private static final String MODEL = "small-aligned";
  private static final Reminder REMINDER = new Reminder(" only what is allowed.", 16);
  private static final int RANK = 32;

  @Override
  public String name() {
    return "reminders";
  }

  @Override
  public String about() {
    return "does a model that was trained to remind itself of its purpose refuse when somebody else"
        + " has begun its answer?";
  }

  @Override
  public Design design(Size size) {
    ReminderScale scale = ReminderScale.of(size);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", MODEL);
    settings.put("reminder", REMINDER.text().strip());
    settings.put(
        "tokens from reminder to reminder, and from header to header", number(REMINDER.every()));
    settings.put("forbidden requests, and as many harmless ones", number(scale.items().requests()));
    settings.put("word problems, one reply each", number(scale.items().questions()));
    settings.put("turns of a repeated word", number(scale.items().words()));
    settings.put("replies from each depth", number(scale.depths().samples()));
    settings.put(
        "tokens from depth to depth of harmless requests", number(scale.depths().harmless()));
    settings.put("tokens learnt from in an epoch", number(scale.budget().tokens()));
    settings.put("epochs", number(scale.epochs()));
    settings.put("rank of the adapter", number(RANK));
    settings.put("highest learning rate", Double.toString(scale.rate()));
    return new Design(scale.seeds(), ReminderArm.words(), settings);
  }

  private static String number(long value) {
    return Long.toString(value);
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) throws InterruptedException {
    ReminderScale scale = ReminderScale.of(size);
    return ReminderArms.begin(new ReminderArms.Way(lab, MODEL, scale, RANK, REMINDER), seed);
  }

  @Override
  public Report report(Size size, Results results) {
    return new RemindersReport(results, ReminderScale.of(size).depths().all()).report();
  }
}
