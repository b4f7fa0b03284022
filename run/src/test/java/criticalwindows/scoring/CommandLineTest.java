package criticalwindows.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @Test
  void quotesHoldWordsTogether() {
    assertThat(CommandLine.words(" python3  'my judge.py' --say=\"it's so\" '' a'b'\"c\" "))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .containsExactly("python3", "my judge.py", "--say=it's so", "", "abc"));
    assertThat(CommandLine.words("$HOME; rm *"))
        .hasValueSatisfying(words -> assertThat(words).containsExactly("$HOME;", "rm", "*"));
    assertThat(CommandLine.words("  ")).hasValueSatisfying(words -> assertThat(words).isEmpty());
    assertThat(CommandLine.words("a 'b")).isEmpty();
    assertThat(CommandLine.words("a \"b'")).isEmpty();
  }

  @Test
  void programsAreFoundByPathOrOnTheSearchPath(@TempDir Path folder) throws Exception {
    Path judge = Files.writeString(folder.resolve("judge"), "");
    String path = "::/nowhere:" + folder;
    assertThat(CommandLine.found("judge", path)).isFalse();
    assertThat(judge.toFile().setExecutable(true)).isTrue();
    assertThat(CommandLine.found("judge", path)).isTrue();
    assertThat(CommandLine.found("judge", "")).isFalse();
    assertThat(CommandLine.found(judge.toString(), "")).isTrue();
    assertThat(CommandLine.found(folder.toString(), path)).isFalse();
  }
}
