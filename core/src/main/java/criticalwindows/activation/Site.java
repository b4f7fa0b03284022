package criticalwindows.activation;

import criticalwindows.error.UserError;
import java.util.Arrays;
import java.util.List;

/// Where in a layer a vector is read. Each has the width of the model's hidden state.
public enum Site {
  RESIDUAL("residual", "the residual stream after the layer"),
  ATTENTION("attention", "what the layer's attention adds to the residual stream"),
  MLP("mlp", "what the layer's MLP adds to the residual stream");

  private final String word;
  private final String about;

  Site(String word, String about) {
    this.word = word;
    this.about = about;
  }

  /// The site of a name.
  ///
  /// @throws UserError if there is none
  public static Site named(String name) {
    return Arrays.stream(values())
        .filter(site -> site.word.equals(name))
        .findFirst()
        .orElseThrow(() -> UserError.unknown("site", name, words()));
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(Site::word).toList();
  }

  /// As users name it.
  public String word() {
    return word;
  }

  /// What it is, for people.
  public String about() {
    return about;
  }
}
