package criticalwindows.probe;

import criticalwindows.error.UserError;
import java.util.List;

/// The kinds of probes, by name.
public final class ProbeKinds {
  /// All, the simplest first.
  public static final List<ProbeKind> ALL =
      List.of(new LogisticKind(), new SoftmaxKind(), new AttentionKind(), new MaxKind());

  private ProbeKinds() {}

  /// The simplest for so many classes.
  static ProbeKind plain(int classes) {
    return ALL.get(classes == 2 ? 0 : 1);
  }

  /// The kind of a name.
  ///
  /// @throws UserError if there is none
  public static ProbeKind named(String name) {
    return ALL.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.unknown(
                    "kind of probe", name, ALL.stream().map(ProbeKind::name).toList()));
  }
}
