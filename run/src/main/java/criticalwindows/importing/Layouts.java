package criticalwindows.importing;

import criticalwindows.error.UserError;
import java.util.List;

/// Every layout there is.
public final class Layouts {
  private static final List<Layout> ALL =
      List.of(new ThoughtAnchors(), new CliffTokens(), new ForkingFast(), new PivotalTokens());

  private Layouts() {}

  /// Their names.
  public static List<String> names() {
    return ALL.stream().map(Layout::name).toList();
  }

  /// The layout of a name.
  ///
  /// @throws UserError if there is none
  static Layout named(String name) {
    return ALL.stream()
        .filter(layout -> layout.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "no layout named " + name, "there is: " + String.join(", ", names())));
  }
}
