package criticalwindows.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MistakeTest {
  @Test
  void theNearestNamesAreOffered() {
    Mistake mistake =
        Mistake.unknown("data set", "bultin", List.of("mmlu", "builtin", "arc", "gsm8k", "aqua"));
    assertThat(mistake).hasMessage("no data set named bultin");
    assertThat(mistake.mend()).startsWith("there is: builtin, ");
  }
}
