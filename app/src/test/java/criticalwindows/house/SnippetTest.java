package criticalwindows.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every block of Java in the documents and in the rooms' descriptions compiles and runs.
class SnippetTest {
  private static final String FENCE = "```";

  private final Project project = Project.here();
  @TempDir Path folder;

  @Test
  void everyBlockOfJavaCompilesAndRuns() throws Exception {
    List<Path> files = new ArrayList<>(project.documents());
    project.mainFiles().stream().filter(f -> f.endsWith("package-info.java")).forEach(files::add);
    List<Snippet> all =
        files.stream().flatMap(f -> Snippet.in(project.show(f), Project.read(f)).stream()).toList();
    assertThat(all).isNotEmpty();
    Snippets snippets = new Snippets(all, packages());
    assertThat(snippets.compile(folder)).isEmpty();
    assertThat(snippets.run(folder)).startsWith("exit 0\n");
  }

  @Test
  void aBlockThatDoesNotCompileIsNamedByFileAndLine() {
    String text = "Words.\n\n" + FENCE + "java\nint a = 1;\nint b = c;\n" + FENCE + "\n";
    assertThat(compile("docs/wrong.md", text))
        .singleElement()
        .asString()
        .startsWith("docs/wrong.md:5: cannot find symbol");
  }

  @Test
  void aBlockThatThrowsIsNamed() throws Exception {
    String text = block("java", "System.out.println(1);") + block("java", "List.of().getFirst();");
    Snippets snippets = new Snippets(Snippet.in("README.md", text), List.of());
    assertThat(snippets.compile(folder)).isEmpty();
    assertThat(snippets.run(folder))
        .startsWith("exit 1\n== README.md:1\n1\n== README.md:4\n")
        .contains("NoSuchElementException");
  }

  @Test
  void aBlockMarkedNorunIsCompiledOnly() throws Exception {
    String text = block("java norun", "import java.net.URI;\nURI.create(\" \");");
    Snippets snippets = new Snippets(Snippet.in("README.md", text), List.of());
    assertThat(snippets.compile(folder)).isEmpty();
    assertThat(snippets.run(folder)).isEqualTo("exit 0\n");
    assertThat(compile("README.md", block("java norun", "nonsense;"))).isNotEmpty();
  }

  @Test
  void blocksAreFoundInCommentsAndOtherLanguagesAreNot() {
    String text = "/// Words.\n///\n/// " + FENCE + "java\n///   int a = 1;\n/// " + FENCE + "\n";
    assertThat(Snippet.in("A.java", text))
        .containsExactly(new Snippet("A.java:3", true, List.of("  int a = 1;")));
    assertThat(Snippet.in("A.md", block("sh", "mvn verify") + block("javascript", "1"))).isEmpty();
  }

  private List<String> compile(String path, String text) {
    return new Snippets(Snippet.in(path, text), List.of()).compile(folder);
  }

  private static String block(String language, String code) {
    return FENCE + language + "\n" + code + "\n" + FENCE + "\n";
  }

  private List<String> packages() {
    return UsedRooms.of(ReadClass.all(project.classFolders())).keySet().stream()
        .map(room -> "criticalwindows." + room)
        .toList();
  }
}
