package criticalwindows.finetune;

import java.util.ArrayList;
import java.util.List;

/// An example, and what the model before training says of its targets.
///
/// @param reference log-probabilities of each passage's targets; empty where nothing asks for them
record Lesson(Example example, List<float[]> reference) {
  Lesson {
    reference = List.copyOf(reference);
  }

  int passages() {
    return example.passages().size();
  }

  static List<Passage> passages(List<Lesson> lessons) {
    return lessons.stream().flatMap(lesson -> lesson.example().passages().stream()).toList();
  }

  /// Lessons in groups that are computed at once: as many as hold `most` tokens, at least one.
  static List<List<Lesson>> groups(List<Lesson> lessons, int most) {
    List<List<Lesson>> groups = new ArrayList<>();
    List<Lesson> group = new ArrayList<>();
    int tokens = 0;
    for (Lesson lesson : lessons) {
      int more = lesson.example().tokens();
      if (!group.isEmpty() && tokens + more > most) {
        groups.add(List.copyOf(group));
        group.clear();
        tokens = 0;
      }
      group.add(lesson);
      tokens += more;
    }
    if (!group.isEmpty()) {
      groups.add(List.copyOf(group));
    }
    return groups;
  }
}
