package criticalwindows.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
  @Test
  void reasonsNameNoClassAndNoFileAgain(@TempDir Path folder) {
    try {
      Files.readString(folder.resolve("none"));
    } catch (IOException e) {
      assertThat(Reason.of(e)).isEqualTo("there is no such file");
    }
    assertThat(Reason.of(new AccessDeniedException("a"))).isEqualTo("that is not allowed");
    assertThat(Reason.of(new NotDirectoryException("a"))).isEqualTo("a");
    assertThat(Reason.of(new ClosedChannelException())).isEqualTo("closed channel");
    assertThat(Reason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(
            Reason.withoutPlaces(
                "Unexpected end-of-input: expected close marker for Object (start marker at"
                    + " [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION`"
                    + " disabled); line: 1, column: 1])"))
        .isEqualTo("Unexpected end-of-input: expected close marker for Object");
  }
}
