package criticalwindows.finetune;

import java.util.ArrayList;
import java.util.List;

/// Losses of lessons on a model, within a number of tokens at once.
///
/// @param most tokens that are computed at once
record Losses(WhiteBox model, Objective objective, int most) {
  /// Asks the model before training, where the objective compares with it.
  List<Lesson> lessons(List<Example> examples) {
    List<Lesson> plain = examples.stream().map(example -> new Lesson(example, List.of())).toList();
    if (!objective.needsReference()) {
      return plain;
    }
    List<Lesson> all = new ArrayList<>();
    for (List<Lesson> group : Lesson.groups(plain, most)) {
      List<float[]> reference = model.referenceLogProbs(Lesson.passages(group));
      int at = 0;
      for (Lesson lesson : group) {
        int end = at + lesson.passages();
        all.add(new Lesson(lesson.example(), reference.subList(at, end)));
        at = end;
      }
    }
    return all;
  }

  /// What all lessons count for.
  double mass(List<Lesson> lessons) {
    return lessons.stream().mapToDouble(lesson -> objective.mass(lesson.example())).sum();
  }

  /// The loss of each lesson as the model is now, not divided by anything.
  List<Double> sums(List<Lesson> lessons) {
    List<Double> sums = new ArrayList<>();
    for (List<Lesson> group : Lesson.groups(lessons, most)) {
      List<float[]> logProbs = model.logProbs(Lesson.passages(group));
      each(group, logProbs).forEach(loss -> sums.add(loss.sum()));
    }
    return sums;
  }

  /// Adds the gradient of Σ loss / Σ mass to the model's.
  ///
  /// @return that loss
  double accumulate(List<Lesson> batch) {
    double mass = mass(batch);
    List<Double> sums = new ArrayList<>();
    for (List<Lesson> group : Lesson.groups(batch, most)) {
      model.accumulate(
          Lesson.passages(group),
          logProbs -> {
            List<Objective.Loss> losses = each(group, logProbs);
            losses.forEach(loss -> sums.add(loss.sum()));
            return losses.stream()
                .flatMap(loss -> loss.gradient().stream())
                .map(gradient -> divided(gradient, mass))
                .toList();
          });
    }
    return sums.stream().mapToDouble(sum -> sum).sum() / mass;
  }

  private List<Objective.Loss> each(List<Lesson> group, List<float[]> logProbs) {
    List<Objective.Loss> losses = new ArrayList<>();
    int at = 0;
    for (Lesson lesson : group) {
      int end = at + lesson.passages();
      losses.add(objective.loss(lesson.example(), logProbs.subList(at, end), lesson.reference()));
      at = end;
    }
    return losses;
  }

  private static float[] divided(float[] numbers, double by) {
    float[] divided = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      divided[i] = (float) (numbers[i] / by);
    }
    return divided;
  }
}
