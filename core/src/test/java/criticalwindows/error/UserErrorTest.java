package criticalwindows.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UserErrorTest {
  @Test
  void theNearestNamesAreOffered() {
    UserError failure =
        UserError.unknown("data set", "bultin", List.of("mmlu", "builtin", "arc", "gsm8k", "aqua"));
    assertThat(failure).hasMessage("no data set named bultin");
    assertThat(failure.hint()).startsWith("there is: builtin, ");
  }
}
