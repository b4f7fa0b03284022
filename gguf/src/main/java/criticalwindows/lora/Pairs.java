package criticalwindows.lora;

import criticalwindows.error.UserError;
import criticalwindows.gguf.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The halves of an adapter's pairs, as they are found in a file.
final class Pairs {
  private final Path path;
  private final Map<Place, Tensor> first = new LinkedHashMap<>();
  private final Map<Place, Tensor> second = new LinkedHashMap<>();

  /// A matrix of a model.
  record Place(int layer, Projection projection) {}

  /// Which matrix of a pair.
  enum Half {
    A,
    B
  }

  /// @param path of the file or folder
  Pairs(Path path) {
    this.path = path;
  }

  /// Adds a half.
  void put(Place place, Half half, Tensor tensor) {
    if (tensor.shape().size() != 2) {
      throw broken(tensor.name() + " has the shape " + tensor.shape());
    }
    Map<Place, Tensor> halves = half == Half.A ? first : second;
    if (halves.put(place, tensor) != null) {
      throw broken(tensor.name() + " is there twice");
    }
  }

  /// The rank that all pairs have.
  int rank() {
    Optional<Tensor> any = first.values().stream().findFirst();
    return Math.toIntExact(
        any.orElseThrow(() -> broken("it has no pair of matrices")).shape().getFirst());
  }

  /// All of them, with what `B · A` is multiplied with, times the rank.
  Adapter adapter(double alpha) {
    int rank = rank();
    List<Adapter.Pair> pairs = new ArrayList<>();
    Set<Projection> targets = EnumSet.noneOf(Projection.class);
    second.keySet().stream()
        .filter(place -> !first.containsKey(place))
        .findFirst()
        .ifPresent(place -> half(place));
    first.forEach(
        (place, a) -> {
          Tensor b = second.get(place);
          if (b == null) {
            half(place);
          } else if (a.shape().getFirst() != rank || b.columns() != rank) {
            throw new UserError(
                "the adapter "
                    + path
                    + " has pairs of several ranks: "
                    + rank
                    + ", and "
                    + a.name()
                    + " "
                    + a.shape()
                    + " with "
                    + b.name()
                    + " "
                    + b.shape(),
                "train it again with one rank for all matrices");
          } else {
            pairs.add(new Adapter.Pair(place.layer(), place.projection(), a, b));
            targets.add(place.projection());
          }
        });
    return new Adapter(new LoraConfig(rank, alpha, targets), pairs);
  }

  private void half(Place place) {
    throw broken(
        "of "
            + place.projection().hfName()
            + " of layer "
            + place.layer()
            + " it has only one of the two matrices");
  }

  private UserError broken(String how) {
    return new UserError(
        "the adapter " + path + " is damaged: " + how, "copy or download it again");
  }
}
