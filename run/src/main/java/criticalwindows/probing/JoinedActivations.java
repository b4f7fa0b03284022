package criticalwindows.probing;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Several sets of activations as one.
public final class JoinedActivations implements ActivationSet {
  private final List<ActivationSet> parts;
  private final List<HookPoint> hooks;
  private final List<Text> texts = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  private JoinedActivations(List<ActivationSet> parts) {
    this.parts = List.copyOf(parts);
    hooks =
        parts.getFirst().hooks().stream()
            .filter(hook -> parts.stream().allMatch(part -> part.hooks().contains(hook)))
            .toList();
    Set<String> ids = new HashSet<>();
    for (ActivationSet part : parts) {
      int before = texts.size();
      for (Text text : part.texts()) {
        if (!ids.add(text.id())) {
          throw new UserError(
              "two sets of activations have a text " + text.id(),
              "name each text once: give one of them alone");
        }
        texts.add(text);
      }
      part.places()
          .forEach(
              place -> places.add(new Place(before + place.text(), place.kept(), place.token())));
    }
  }

  /// Joins sets; one stays as it is.
  ///
  /// @param parts at least one
  /// @throws UserError if they are of several models, have no hook point in common, or a text twice
  public static ActivationSet of(List<? extends ActivationSet> parts) {
    ActivationSet first = parts.getFirst();
    if (parts.size() == 1) {
      return first;
    }
    for (ActivationSet part : parts) {
      if (!part.model().equals(first.model()) || part.width() != first.width()) {
        throw new UserError(
            "activations of two models: " + first.model() + " and " + part.model(),
            "give those of one model");
      }
    }
    JoinedActivations joined = new JoinedActivations(List.copyOf(parts));
    if (joined.hooks.isEmpty()) {
      throw new UserError(
          "the sets of activations have no layer and site in common",
          "read the same layers of all texts with cw activations");
    }
    return joined;
  }

  @Override
  public String model() {
    return parts.getFirst().model();
  }

  @Override
  public int width() {
    return parts.getFirst().width();
  }

  @Override
  public List<HookPoint> hooks() {
    return hooks;
  }

  @Override
  public List<Text> texts() {
    return List.copyOf(texts);
  }

  @Override
  public List<Place> places() {
    return List.copyOf(places);
  }

  @Override
  public float[][] at(HookPoint hook) {
    List<float[]> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(List.of(part.at(hook))));
    return all.toArray(float[][]::new);
  }
}
