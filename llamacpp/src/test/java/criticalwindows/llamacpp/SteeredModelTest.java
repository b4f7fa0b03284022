package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import criticalwindows.gguf.ControlVector;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A steered model computes what its equations say with a vector added to the residual stream.
final class SteeredModelTest {
  private static final double MOST = .05;
  private static final int WIDTH = 256;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void computesWhatTheReferenceForwardSays(Attention way) throws InterruptedException {
    Map<Integer, float[]> directions = Map.of(2, random(2), 4, random(4), 6, random(6));
    Path file = write(directions);
    double scale = 1.5;
    Map<Integer, double[]> added = new HashMap<>();
    directions.forEach(
        (layer, direction) ->
            added.put(
                layer, IntStream.range(0, WIDTH).mapToDouble(i -> scale * direction[i]).toArray()));
    ReferenceLlama plain = ReferenceLlama.ofGguf(BuiltIn.FILE);
    try (LlamaModel model = open(way, new Steering(file, scale))) {
      Tokens text = BuiltIn.question(model.vocabulary(), 8);
      double[] found = score(model, text);
      double[] expected = scores(plain.plus(added), text);
      assertThat(apart(found, expected)).isBetween(1e-9, MOST);
      assertThat(apart(found, scores(plain, text))).isGreaterThan(10 * MOST);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void noScaleIsNoSteeringBitForBit(Attention way) throws InterruptedException {
    Path file = write(Map.of(3, random(3)));
    double[] plain;
    try (LlamaModel model = LlamaModel.open(BuiltIn.FILE, BuiltIn.OPTIONS.withAttention(way))) {
      plain = score(model, BuiltIn.question(model.vocabulary(), 8));
    }
    try (LlamaModel model = open(way, new Steering(file, 0))) {
      assertThat(score(model, BuiltIn.question(model.vocabulary(), 8))).containsExactly(plain);
    }
    try (LlamaModel model = open(way, new Steering(file, 1))) {
      assertThat(score(model, BuiltIn.question(model.vocabulary(), 8))).isNotEqualTo(plain);
    }
  }

  @Test
  void whatAModelIsTakesTheVectorAndItsScaleIn() {
    Path file = write(Map.of(3, random(3)));
    Map<String, String> once;
    try (LlamaModel model = open(Attention.SHARED, new Steering(file, 1))) {
      assertThat(model.name()).isEqualTo("base+vector@1.0");
      once = model.provenance();
      assertThat(once)
          .containsEntry("steering", file.toString())
          .containsEntry("steering scale", "1.0")
          .containsEntry("attention", "shared")
          .hasEntrySatisfying("steering sha256", hash -> assertThat(hash).hasSize(64));
    }
    try (LlamaModel model = open(Attention.PLAIN, new Steering(file, 2))) {
      assertThat(model.provenance().get("steering sha256")).isEqualTo(once.get("steering sha256"));
      assertThat(model.provenance().get("base sha256")).isEqualTo(once.get("base sha256"));
      assertThat(model.provenance().get("model sha256"))
          .isNotEqualTo(once.get("model sha256"))
          .isNotEqualTo(once.get("base sha256"));
    }
  }

  @Test
  void aVectorOfAnotherModelIsRefusedInTwoLines() {
    Path narrow = folder.resolve("narrow.gguf");
    new ControlVector("llama", Map.of(2, new float[64])).write(narrow);
    UserError width = refused(Attention.PLAIN, narrow);
    assertThat(width)
        .hasMessage(
            "the control vector "
                + narrow
                + " is for another model than base.gguf: it has 64 numbers up to layer 2, and the"
                + " model 256 and 6 layers");
    assertThat(width.hint()).startsWith("use it with the model");
    assertThat(refused(Attention.PLAIN, BuiltIn.FILE))
        .hasMessage(BuiltIn.FILE + " is no control vector");
  }

  private static UserError refused(Attention way, Path file) {
    return catchThrowableOfType(UserError.class, () -> open(way, new Steering(file, 1)).close());
  }

  private Path write(Map<Integer, float[]> directions) {
    Path file = folder.resolve("vector.gguf");
    new ControlVector("llama", directions).write(file);
    return file;
  }

  private static float[] random(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] direction = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      direction[i] = (float) random.nextDouble(-.4, .4);
    }
    return direction;
  }

  private static LlamaModel open(Attention way, Steering steering) {
    return LlamaModel.open(BuiltIn.FILE, BuiltIn.OPTIONS.withAttention(way).withSteering(steering));
  }

  private static double[] score(LlamaModel model, Tokens text) throws InterruptedException {
    LogProbs scores = Models.score(model, text.prefix(1), text.slice(1, text.size()));
    return IntStream.range(0, scores.size()).mapToDouble(scores::at).toArray();
  }

  private static double[] scores(ReferenceLlama reference, Tokens text) {
    double[][] rows = reference.logProbs(text);
    return IntStream.range(1, text.size()).mapToDouble(t -> rows[t - 1][text.at(t)]).toArray();
  }

  private static double apart(double[] one, double[] other) {
    return IntStream.range(0, one.length)
        .mapToDouble(i -> Math.abs(one[i] - other[i]))
        .max()
        .orElseThrow();
  }
}
