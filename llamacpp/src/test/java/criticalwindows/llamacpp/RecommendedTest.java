package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import criticalwindows.gguf.GgufValue;
import criticalwindows.model.Sampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What a file's metadata say of sampling.
@Isolated("a model with longer heads makes the process take another CPU library")
final class RecommendedTest {
  private static final String TEMPERATURE = "general.sampling.temp";
  private static final String TOP_P = "general.sampling.top_p";

  @TempDir private Path folder;

  private Sampling of(Map<String, GgufValue> metadata) {
    Path file = folder.resolve("m.gguf");
    DecoderTest.write(file, "llama", metadata);
    try (LlamaModel model = LlamaModel.open(file, BuiltIn.OPTIONS)) {
      return model.recommended().sampling();
    }
  }

  @Test
  void whatIsRecommendedIsRead() {
    assertThat(of(Map.of(TEMPERATURE, GgufValue.real(.5)))).isEqualTo(new Sampling(.5, 1));
    assertThat(of(Map.of(TOP_P, GgufValue.text(".25")))).isEqualTo(new Sampling(1, .25));
  }

  @Test
  void whatCannotBeIsAUserError() {
    for (Map<String, GgufValue> bad :
        List.<Map<String, GgufValue>>of(
            Map.of(TEMPERATURE, GgufValue.text("hot")),
            Map.of(TEMPERATURE, GgufValue.real(-1)),
            Map.of(TOP_P, GgufValue.real(0)),
            Map.of(TOP_P, GgufValue.unsigned(2)))) {
      UserError failure = catchThrowableOfType(UserError.class, () -> of(bad));
      assertThat(failure)
          .as("%s", bad)
          .hasMessageContaining("m.gguf recommends what cannot be: " + TEMPERATURE + " = ")
          .hasMessageContaining(", " + TOP_P + " = ");
      assertThat(failure.hint()).contains("give both --temperature").contains("--top-p");
    }
  }

  @Test
  void whatIsNoNumberIsAUserErrorOfTheHeader() {
    Map<String, GgufValue> bad = Map.of(TEMPERATURE, GgufValue.real(Double.NaN));
    assertThat(catchThrowableOfType(UserError.class, () -> of(bad)))
        .hasMessageContaining("m.gguf says NaN for " + TEMPERATURE);
  }
}
