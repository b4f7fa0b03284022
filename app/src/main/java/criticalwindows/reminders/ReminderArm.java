package criticalwindows.reminders;

import criticalwindows.error.UserError;
import java.util.Arrays;
import java.util.List;

/// The arms of [RemindersStudy].
enum ReminderArm {
  /// The model as it is.
  PLAIN("plain", "the model as it is"),
  /// The model as it is, behind a defence.
  HEADER("header", "the model as it is, and the header put in again"),
  /// Its own replies.
  PLACEBO("placebo", "taught its own replies"),
  /// Its own replies with reminders.
  REMINDERS("reminders", "taught its own replies with reminders"),
  /// Refusals behind recipes that were begun.
  RECOVERY("recovery", "taught to refuse behind a recipe that was begun"),
  /// The same with reminders.
  BOTH("reminders+recovery", "the same with reminders");

  private final String word;
  private final String about;

  ReminderArm(String word, String about) {
    this.word = word;
    this.about = about;
  }

  /// As tables have it.
  String word() {
    return word;
  }

  /// What was done, in a few words.
  String about() {
    return about;
  }

  /// Those that are trained.
  static List<ReminderArm> taught() {
    return List.of(PLACEBO, REMINDERS, RECOVERY, BOTH);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ReminderArm::word).toList();
  }

  /// @throws UserError if there is none
  static ReminderArm named(String word) {
    return Arrays.stream(values())
        .filter(arm -> arm.word.equals(word))
        .findFirst()
        .orElseThrow(() -> UserError.unknown("arm", word, words()));
  }
}
