package criticalwindows.ratio;

import criticalwindows.rollout.Settings;
import java.util.Optional;

/// What an experiment on likelihood ratios is to do.
///
/// @param phrase whose likelihood as the response's beginning is one of the scores
/// @param follow the class whose probability scores are to foretell; absent where there is none
public record RatioSettings(String phrase, Optional<String> follow) {
  /// The experiment's name in a run.
  public static final String EXPERIMENT = "ratio";

  public RatioSettings {
    if (phrase.isBlank()) {
      throw new IllegalArgumentException("the phrase is empty");
    }
  }

  /// What [#asData] was made of.
  ///
  /// @throws IllegalArgumentException if these are no such settings
  public static RatioSettings of(Settings data) {
    return new RatioSettings(
        data.text("phrase"),
        data.has("follow") ? Optional.of(data.text("follow")) : Optional.empty());
  }

  /// These as plain data.
  public Settings asData() {
    Settings data = Settings.NONE.with("phrase", phrase);
    return follow.map(name -> data.with("follow", name)).orElse(data);
  }
}
