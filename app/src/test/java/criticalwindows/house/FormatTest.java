package criticalwindows.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every Java file is as google-java-format writes it.
///
/// `mvn -pl app -am test -Dtest=FormatTest -Dformat=fix -Dsurefire.failIfNoSpecifiedTests=false`
/// writes them so.
class FormatTest {
  private final Project project = Project.here();

  @Test
  void everyJavaFileIsFormatted() throws IOException, FormatterException {
    boolean fix = "fix".equals(System.getProperty("format"));
    List<String> unformatted = new ArrayList<>();
    for (Path file : project.javaFiles()) {
      String text = Project.read(file);
      String formatted = formatted(text);
      if (!formatted.equals(text) && fix) {
        Files.writeString(file, formatted);
      } else if (!formatted.equals(text)) {
        unformatted.add(project.show(file));
      }
    }
    assertThat(unformatted).as("CONTRIBUTING.md says how to format them").isEmpty();
  }

  @Test
  void theFormatterKnowsMarkdownComments() throws FormatterException {
    String text = "/// A *word*, `///` and\n///\n/// - a list\nclass A {}\n";
    assertThat(formatted(text)).isEqualTo(text);
    assertThat(formatted("class  A{ }")).isEqualTo("class A {}\n");
  }

  private static String formatted(String text) throws FormatterException {
    return new Formatter().formatSourceAndFixImports(text);
  }
}
