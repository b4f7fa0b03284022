package criticalwindows.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of a study: a template in Markdown, `NAME.md` beside the study's class, with what was
/// found in place of each `{{name}}`.
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z -]+)}}");

  private Page() {}

  /// @throws IllegalStateException if the template and the report do not name the same places
  static String of(TrainingStudy study, Map<String, String> texts) {
    Set<String> unused = new HashSet<>(texts.keySet());
    StringBuilder page = new StringBuilder();
    Matcher place = PLACE.matcher(template(study));
    while (place.find()) {
      String text = texts.get(place.group(1));
      if (text == null) {
        throw new IllegalStateException(study.name() + ".md names " + place.group());
      }
      unused.remove(place.group(1));
      place.appendReplacement(page, Matcher.quoteReplacement(text));
    }
    if (!unused.isEmpty()) {
      throw new IllegalStateException(study.name() + ".md has no place for " + unused);
    }
    return place.appendTail(page).toString();
  }

  private static String template(TrainingStudy study) {
    String name = study.name();
    try (InputStream file = study.getClass().getResourceAsStream(name + ".md")) {
      if (file == null) {
        throw new IllegalStateException("no " + name + ".md");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
