package criticalwindows.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The table of rooms with the rooms of the last module too, whose classes are not there when the
/// tests of the module before it run.
final class LastLayoutTest {
  private final Project project = Project.here();
  private final Map<String, Path> folders = project.classFolders();

  @Test
  void everyArrowIsInTheTableAndPointsUp() {
    Layout layout = Layout.parse(Project.read(project.root().resolve("ARCHITECTURE.md")));
    assertThat(layout.of(folders.keySet())).isEqualTo(layout);
    assertThat(layout.faults(UsedRooms.of(ReadClass.all(folders)))).isEmpty();
  }

  @Test
  void noClassesOfARoomUseEachOtherInACircle() {
    assertThat(Knot.in(ReadClass.all(folders))).isEmpty();
  }
}
