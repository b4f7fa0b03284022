package criticalwindows.attack;

import criticalwindows.model.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The families that there are.
public final class Families {
  /// In the order in which they are listed.
  public static final List<Family> ALL = List.of(new Plain());

  private Families() {}

  /// The request as it is.
  private record Plain() implements Family {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public String about() {
      return "The request as it is, beside which every attack is read.";
    }

    @Override
    public Attacked dress(Request request, RandomGenerator random) {
      return new Attacked(
          request, name(), List.of(Message.user(request.text())), Optional.empty(), Map.of());
    }
  }
}
