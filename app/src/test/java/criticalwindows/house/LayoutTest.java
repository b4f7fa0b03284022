package criticalwindows.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table in ARCHITECTURE.md is what the class files do.
class LayoutTest {
  private static final Pattern ARROWS = Pattern.compile("/// Arrows: ([a-z, \n/]+)\\.");

  private final Project project = Project.here();
  @TempDir Path folder;

  @Test
  void everyArrowIsInTheTableAndPointsUp() {
    Map<String, Path> folders = project.classFolders();
    Layout built = here().of(folders.keySet());
    List<String> faults = built.faults(UsedRooms.of(ReadClass.all(folders)));
    assertThat(faults).as("the table of rooms in ARCHITECTURE.md").isEmpty();
  }

  @Test
  void everyPackageSaysItsArrowsAsTheTableDoes() {
    Map<String, String> said = new LinkedHashMap<>();
    Map<String, String> listed = new LinkedHashMap<>();
    for (Layout.Room room : here().rooms()) {
      said.put(room.name(), saidArrows(room));
      listed.put(room.name(), arrows(room));
    }
    assertThat(said).as("the line '/// Arrows: …' of each package-info").isEqualTo(listed);
  }

  @Test
  void noClassesOfARoomUseEachOtherInACircle() {
    assertThat(Knot.in(ReadClass.all(project.classFolders())))
        .as("classes of a room that use each other in a circle, with their arrows")
        .isEmpty();
  }

  @Test
  void classesThatUseEachOtherInACircleAreAKnot() {
    assertThat(
            knots(
                Map.of(
                    "A", "class A { B b; Leaf leaf; }",
                    "B", "class B { void go(C.Part c) {} }",
                    "C", "class C { static class Part { A a; } }",
                    "Leaf", "class Leaf { Leaf next; }",
                    "User", "class User { A a; }")))
        .singleElement()
        .hasToString("room, 3 classes:\n  A -> B\n  B -> C\n  C -> A");
  }

  @Test
  void aSealedTypeAndItsCasesAreOneClass() {
    Map<String, String> sources = new HashMap<>();
    sources.put("S", "sealed interface S permits One, Two { One first(); }");
    sources.put("One", "final class One implements S { public One first() { return this; } }");
    sources.put("Two", "final class Two implements S { public One first() { return null; } }");
    assertThat(knots(sources)).isEmpty();
    sources.put("User", "class User { S s; }");
    assertThat(knots(sources)).isEmpty();
    sources.put(
        "One",
        "final class One implements S { User u; public One first() { return u == null ? this :"
            + " null; } }");
    assertThat(knots(sources))
        .singleElement()
        .hasToString(
            "room, 4 classes:\n  One -> S, User\n  S -> One, Two\n  Two -> One, S\n  User -> S");
  }

  @Test
  void whatIsUsedMustBeListedAndWhatIsListedUsed() {
    String table = table("| `a` | m | | |", "| `b` | m | | |", "| `c` | m | | `a`, `b` |");
    assertThat(faults(table, Map.of("a", "", "b", "a", "c", "a")))
        .containsExactly(
            "`b` uses `a` (OfB does): add it to the row",
            "`c` uses nothing of `b`: take it out of the row");
  }

  @Test
  void noArrowPointsDownSoThatThereIsNoCycle() {
    String table = table("| `a` | m | | `b` |", "| `b` | m | | `a` |");
    assertThat(faults(table, Map.of("a", "b", "b", "a")))
        .containsExactly("`a` uses `b`, which is not above it");
  }

  @Test
  void everyRoomHasOneRowAndClassesInItsModule() {
    String table =
        table("| `a` | elsewhere | | |", "| `a` | m | | |", "| `gone` | m | | `nowhere` |");
    assertThat(faults(table, Map.of("a", "", "extra", "")))
        .containsExactly(
            "`a` lives in [m], not in elsewhere",
            "`a` has two rows",
            "`gone` has a row but no classes: is its module built?",
            "`extra` has no row: add one, below every room that it uses");
  }

  @Test
  void roomsOfModulesThatAreBuiltLaterAreLeftOut() {
    String table = table("| `a` | m | | |", "| `late` | n | | `a` |");
    assertThat(Layout.parse(table).of(Set.of("m")).rooms())
        .extracting(Layout.Room::name)
        .containsExactly("a");
    assertThat(Project.here().classFolders()).containsKey("app").doesNotContainKey("train");
  }

  @Test
  void aTableThatIsRightHasNoFault() {
    String table = table("| `a` | m | | |", "| `b` | m | words | `a` |");
    assertThat(faults(table, Map.of("a", "", "b", "a"))).isEmpty();
  }

  @Test
  void usesAreSeenInCodeSignaturesAndAnnotationsButNotInTexts() {
    Map<String, String> sources = new HashMap<>();
    sources.put("criticalwindows.a.InCode", "public class InCode { public static void go() {} }");
    sources.put("criticalwindows.b.InSignature", "public class InSignature {}");
    sources.put("criticalwindows.c.InAnnotation", "public @interface InAnnotation {}");
    sources.put("criticalwindows.d.InText", "public class InText {}");
    sources.put(
        "criticalwindows.user.User",
        """
        @criticalwindows.c.InAnnotation class User {
          java.util.List<criticalwindows.b.InSignature> list;
          String text = "/criticalwindows/d/text.txt";
          void go() { criticalwindows.a.InCode.go(); }
        }
        """);
    assertThat(Compiled.of(sources, folder).errors()).isEmpty();
    assertThat(UsedRooms.of(ReadClass.all(Map.of("m", folder))).get("user").uses())
        .containsOnlyKeys("a", "b", "c");
  }

  @Test
  void aDocumentWithoutTheTableIsRefused() {
    assertThatThrownBy(() -> Layout.parse("# Rooms\n\n| Some | Other |\n|---|---|\n| `a` | b |\n"))
        .hasMessage("no table | Room | Module | Holds | May use |");
    assertThatThrownBy(() -> Layout.parse(table("| `a` | m |")))
        .hasMessage("a row of rooms has four cells: | `a` | m |");
  }

  private Layout here() {
    return Layout.parse(Project.read(project.root().resolve("ARCHITECTURE.md")));
  }

  private static String table(String... rows) {
    return "# Rooms\n\n| Room | Module | Holds | May use |\n|---|---|---|---|\n"
        + String.join("\n", rows)
        + "\n\nWords.\n";
  }

  /// Knots of one room that is made up.
  ///
  /// @param sources by simple name of a class
  private List<Knot> knots(Map<String, String> sources) {
    Map<String, String> named = new HashMap<>();
    sources.forEach((name, source) -> named.put("criticalwindows.room." + name, source));
    assertThat(Compiled.of(named, folder).errors()).isEmpty();
    return Knot.in(ReadClass.all(Map.of("m", folder)));
  }

  /// Faults of a table against rooms that are made up: by room, the one it uses or nothing.
  private List<String> faults(String table, Map<String, String> uses) {
    Map<String, String> sources = new HashMap<>();
    uses.forEach(
        (room, used) -> {
          String field = used.isEmpty() ? "" : className(used) + " field;";
          String name = className(room);
          sources.put(name, "public class " + simple(room) + " { " + field + " }");
        });
    assertThat(Compiled.of(sources, folder).errors()).isEmpty();
    return Layout.parse(table).faults(UsedRooms.of(ReadClass.all(Map.of("m", folder))));
  }

  private static String className(String room) {
    return "criticalwindows." + room + "." + simple(room);
  }

  private static String simple(String room) {
    return "Of" + room.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + room.substring(1);
  }

  private String saidArrows(Layout.Room room) {
    Path file =
        project
            .root()
            .resolve(room.module())
            .resolve("src/main/java/criticalwindows/" + room.name() + "/package-info.java");
    Matcher line = ARROWS.matcher(Files.exists(file) ? Project.read(file) : "");
    return line.find() ? line.group(1).replaceAll("\\s*\n/// ", " ") : "(no such line)";
  }

  private String arrows(Layout.Room room) {
    List<String> inOrder =
        here().rooms().stream().map(Layout.Room::name).filter(room.uses()::contains).toList();
    return inOrder.isEmpty() ? "none" : String.join(", ", inOrder);
  }
}
