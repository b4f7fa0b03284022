package criticalwindows.finetune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// What is learnt from at which step: each lesson once in every epoch, in an order that a seed
/// alone decides.
record Batches(List<Lesson> lessons, TrainingSettings settings) {
  Batches {
    lessons = List.copyOf(lessons);
  }

  /// @param step counted from 0
  List<Lesson> at(int step) {
    int ofEpoch = Math.ceilDiv(lessons.size(), settings.batch());
    List<Integer> order = new ArrayList<>(IntStream.range(0, lessons.size()).boxed().toList());
    Collections.shuffle(order, new Random(settings.order() * 31 + step / ofEpoch));
    int from = step % ofEpoch * settings.batch();
    int end = Math.min(from + settings.batch(), order.size());
    return order.subList(from, end).stream().map(lessons::get).toList();
  }
}
