package criticalwindows.report;

import criticalwindows.form.FormFinding;
import criticalwindows.form.FormPrompt;
import criticalwindows.rollout.Sample;
import criticalwindows.world.FormProgram;
import criticalwindows.world.Posterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Forms of the world, known by their request: the probabilities of their generator are exact.
public final class WorldForm {
  private static final Pattern LINE =
      Pattern.compile("\\d+\\. ([^()]*)\\(([^()/]+)/([^()/]+)\\)([^()]*)");

  private WorldForm() {}

  /// The form that asks with these very words; empty where the world has none.
  public static Optional<FormProgram> of(FormPrompt prompt) {
    List<FormProgram.Blank> blanks = new ArrayList<>();
    for (String line : prompt.request().lines().toList()) {
      Matcher sentence = LINE.matcher(line);
      if (sentence.matches()) {
        String stem = sentence.group(1) + "{}" + sentence.group(4);
        try {
          blanks.add(new FormProgram.Blank(stem, sentence.group(2), sentence.group(3)));
        } catch (IllegalArgumentException e) {
          return Optional.empty(); // A word without a probability: somebody else's form.
        }
      }
    }
    return blanks.isEmpty()
        ? Optional.empty()
        : Optional.of(new FormProgram(blanks))
            .filter(form -> form.request().equals(prompt.request()));
  }

  /// The generator's own staircase: P(the text becomes the target), one value for each step.
  ///
  /// @return none where the form is not of the world
  static List<Double> staircase(FormFinding finding) {
    Optional<FormProgram> form = of(finding.prompt());
    if (form.isEmpty() || finding.text().isEmpty()) {
      return List.of();
    }
    Sample text = finding.text().get();
    String answer = String.join(",", finding.prompt().words(finding.target().orElseThrow()));
    List<Double> values = new ArrayList<>();
    for (FormFinding.Step step : finding.steps()) {
      int kept = step.kept() == 0 ? 0 : text.ends().get(step.kept() - 1);
      values.add(Posterior.of(form.get(), text.text().substring(0, kept)).probability(answer));
    }
    return values;
  }
}
