package criticalwindows.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.finetune.AdamW;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.Tokens;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What transformers 5.17 says of tiny models with random weights; `make_reference_models.py`
/// beside them has made both.
final class ReferenceModelsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"llama-grouped", "llama-tied", "qwen2", "qwen2-tied", "qwen3", "qwen3-tied"})
  void logProbabilitiesAreThoseOfTransformers(String name) {
    JsonNode expected = expected(name);
    List<Passage> passages = new ArrayList<>();
    expected.get("texts").forEach(text -> passages.add(passage(text)));
    try (TorchWhiteBox model = Models.open(folder(name), Models.ALL)) {
      List<float[]> found = model.logProbs(passages);
      for (int i = 0; i < passages.size(); i++) {
        float[] wanted = floats(expected.get("texts").get(i).get("targets"), 2);
        assertThat(found.get(i)).containsExactly(wanted, within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama-grouped", "llama-tied", "qwen2", "qwen2-tied", "qwen3", "qwen3-tied"})
  void threeStepsOfAdamWEndWherePyTorchsDo(String name) {
    JsonNode text = expected(name).get("texts").get(3);
    JsonNode trained = expected(name).get("trained");
    Passage asked = passage(text);
    int[] ids = asked.ids().toArray();
    int[] places = IntStream.range(0, ids.length - 1).toArray();
    Passage own =
        new Passage(asked.ids(), new Targets(places, Arrays.copyOfRange(ids, 1, ids.length)));
    AdamW.Step step = new AdamW.Step(new AdamW(.9, .99, 1e-6, .1, 1), .01);
    try (TorchWhiteBox model = Models.open(folder(name), Models.ALL)) {
      for (JsonNode norm : trained.get("norms")) {
        model.accumulate(
            List.of(own), logs -> List.of(Models.filled(logs.getFirst().length, -1f / 39)));
        assertThat(model.step(step)).isCloseTo(norm.doubleValue(), within(1e-4));
      }
      float[] wanted = new float[asked.targets().size()];
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = trained.get("logProbs").get(i).floatValue();
      }
      assertThat(model.logProbs(List.of(asked)).getFirst()).containsExactly(wanted, within(2e-3f));
    }
  }

  private static Passage passage(JsonNode text) {
    int[] ids = text.get("ids").valueStream().mapToInt(JsonNode::intValue).toArray();
    return new Passage(
        Tokens.of(ids), new Targets(ints(text.get("targets"), 0), ints(text.get("targets"), 1)));
  }

  private static int[] ints(JsonNode targets, int column) {
    return targets.valueStream().mapToInt(target -> target.get(column).intValue()).toArray();
  }

  private static float[] floats(JsonNode targets, int column) {
    float[] values = new float[targets.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = targets.get(i).get(column).floatValue();
    }
    return values;
  }

  static Path folder(String name) {
    try {
      return Path.of(Objects.requireNonNull(ReferenceModelsTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode expected(String name) {
    return JsonMapper.shared().readTree(folder(name).resolve("expected.json"));
  }
}
