package criticalwindows.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Short files, short methods, no hidden chance, clock or locale, and a word for every room.
class StyleTest {
  private static final String ROOM = "core/src/main/java/criticalwindows/noise/A.java";

  private final Project project = Project.here();

  @Test
  void everyFileKeepsTheHouseStyle() {
    assertThat(project.javaFiles())
        .flatMap(file -> Style.faults(project.show(file), Project.read(file)))
        .isEmpty();
  }

  /// Test classes run beside each other in one process.
  @Test
  void testsThatChangeTheWholeProcessRunAlone() {
    Pattern changes = Pattern.compile("(Locale|TimeZone)\\.setDefault|System\\.set(Out|Err|In)\\(");
    assertThat(project.javaFiles())
        .map(Project::read)
        .filteredOn(text -> changes.matcher(text).find())
        .isNotEmpty()
        .allMatch(text -> text.contains("\n@Isolated("));
  }

  @Test
  void everyRoomHasAPackageInfo() {
    TreeSet<Path> folders = new TreeSet<>();
    for (Path file : project.mainFiles()) {
      if (!file.endsWith("module-info.java")) {
        folders.add(file.resolveSibling("package-info.java"));
      }
    }
    assertThat(folders).isNotEmpty().allMatch(Files::exists);
  }

  @Test
  void aFileEndsAtSixHundredLines() {
    assertThat(Style.faults(ROOM, "class A {" + "\n".repeat(598) + "\n}\n")).isEmpty();
    assertThat(Style.faults(ROOM, "class A {" + "\n".repeat(599) + "\n}\n"))
        .containsExactly(ROOM + ": 601 lines, at most 600");
  }

  @Test
  void aMethodEndsAtSixtyLines() {
    String method = "class A {\n  /// Words.\n  void go() {%s}\n  static {%s}\n}\n";
    String sixty = "\n".repeat(59);
    assertThat(Style.faults(ROOM, String.format(method, sixty, sixty))).isEmpty();
    assertThat(Style.faults(ROOM, String.format(method, sixty, sixty + "\n")))
        .containsExactly(ROOM + ":63: a method of 61 lines, at most 60");
    assertThat(Style.faults(ROOM, String.format(method, sixty + "\n", sixty)))
        .containsExactly(ROOM + ":3: a method of 61 lines, at most 60");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Math.random()",
        "java.util.concurrent.ThreadLocalRandom.current()",
        "ThreadLocalRandom.current()",
        "new Random()",
        "new SplittableRandom()",
        "UUID.randomUUID()",
        "System.currentTimeMillis()",
        "Instant.now()",
        "java.time.LocalDate.now()",
        "Clock.systemUTC()",
        "InstantSource.system()",
        "new Date()",
        "Locale.getDefault()",
        "\"%s\".formatted(1)",
        "String.format(\"%s\", 1)",
        "System.out.printf(\"%s\", 1)",
        "\"A\".toLowerCase()",
        "List.of(1).forEach(Math::random)",
      })
  void hiddenChanceClockAndLocaleAreFaultsInARoomAndNotInItsTests(String expression) {
    String text = "class A {\n  Object a = " + expression + ";\n}\n";
    assertThat(Style.faults(ROOM, text)).hasSize(1).first().asString().startsWith(ROOM + ":2: ");
    assertThat(Style.faults(ROOM.replace("main", "test"), text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Random(1)",
        "new SplittableRandom(seed)",
        "clock.instant()",
        "System.nanoTime()",
        "String.format(Locale.ROOT, \"%s\", 1)",
        "\"A\".toLowerCase(Locale.ROOT)",
        "\"Math.random()\"",
        "1 /* Instant.now() */",
      })
  void whatIsSeededPassedInOrNamedIsNoFault(String expression) {
    assertThat(Style.faults(ROOM, "class A {\n  Object a = " + expression + ";\n}\n")).isEmpty();
  }

  @Test
  void onlyTheCommandLineReadsTheClock() {
    String text = "class A {\n  Object a = InstantSource.system();\n}\n";
    assertThat(Style.faults("app/src/main/java/criticalwindows/cli/A.java", text)).isEmpty();
    assertThat(Style.faults(ROOM, text))
        .isEqualTo(List.of(ROOM + ":2: InstantSource.system: the clock is passed in"));
  }

  @Test
  void namesThatSayNothingAreFaults() {
    assertThat(Style.faults(ROOM, "package criticalwindows.noise.util;\nclass CutHelper {}\n"))
        .containsExactly(
            ROOM + ": the package name util says nothing",
            ROOM + ":2: the class name CutHelper says nothing");
  }

  @Test
  void aPackageBeginsWithASentence() {
    String path = "core/src/main/java/criticalwindows/noise/package-info.java";
    assertThat(Style.faults(path, "/// Noise.\npackage criticalwindows.noise;\n")).isEmpty();
    assertThat(Style.faults(path, "package criticalwindows.noise;\n"))
        .containsExactly(path + ": begins with a /// sentence on what the room holds");
  }
}
