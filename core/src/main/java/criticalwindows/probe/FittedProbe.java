package criticalwindows.probe;

import criticalwindows.activation.HookPoint;
import java.util.ArrayList;
import java.util.List;

/// A probe of one of the [ProbeKinds], with its numbers.
///
/// @param form of what kind it is
/// @param hooks at least one
/// @param classes at least two
/// @param numbers as many scores as the kind has for so many classes
public record FittedProbe(
    ProbeKind form, List<HookPoint> hooks, List<String> classes, ProbeNumbers numbers)
    implements Probe {
  public FittedProbe {
    hooks = List.copyOf(hooks);
    classes = List.copyOf(classes);
    int scores = form.scores(classes.size());
    if (classes.size() < 2 || hooks.isEmpty() || numbers.scores() != scores) {
      throw new IllegalArgumentException(
          classes + " from " + hooks + " by " + numbers.scores() + " scores");
    }
  }

  @Override
  public String kind() {
    return form.name();
  }

  @Override
  public Reads reads() {
    return form.reads();
  }

  @Override
  public Reading begin() {
    return new States(form, numbers);
  }

  /// What the classes' probabilities are by a reading's logits; they sum to 1.
  public static double[] probabilities(double[] logits) {
    return Logits.softmax(logits);
  }

  /// The states after all tokens so far.
  private static final class States implements Reading {
    private final ProbeKind kind;
    private final ProbeNumbers numbers;
    private final List<double[]> states = new ArrayList<>();

    States(ProbeKind kind, ProbeNumbers numbers) {
      this.kind = kind;
      this.numbers = numbers;
    }

    @Override
    public double[] next(float[] vectors) {
      double[] scores = numbers.of(vectors);
      double[] state = states.isEmpty() ? kind.first(scores) : kind.next(states.getLast(), scores);
      states.add(state);
      return kind.logits(state);
    }

    @Override
    public void trim(int kept) {
      if (kept < 0 || kept > states.size()) {
        throw new IllegalArgumentException(kept + " of " + states.size() + " vectors");
      }
      states.subList(kept, states.size()).clear();
    }
  }
}
