package criticalwindows.finetune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Examples that are learnt from, and others that the loss is measured on. All examples of an item
/// are on the same side: what is learnt of an item would be known of its other responses.
///
/// @param train at least one
/// @param test none where nothing is held out
public record HeldOut(List<Example> train, List<Example> test) {
  public HeldOut {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /// Holds out a share of the items, at least one where the share is above 0 and there are two.
  ///
  /// @param examples at least one
  /// @param share in [0, 1)
  public static HeldOut split(List<Example> examples, double share, long seed) {
    Set<String> names = new LinkedHashSet<>();
    examples.forEach(example -> names.add(example.item()));
    List<String> items = new ArrayList<>(names);
    Collections.shuffle(items, new Random(seed));
    long wanted = share > 0 ? Math.max(1, Math.round(share * items.size())) : 0;
    int count = (int) Math.min(wanted, items.size() - 1);
    Set<String> held = Set.copyOf(items.subList(0, count));
    return new HeldOut(
        examples.stream().filter(example -> !held.contains(example.item())).toList(),
        examples.stream().filter(example -> held.contains(example.item())).toList());
  }
}
