package criticalwindows.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.activation.WantedText;
import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActivationsFolderTest {
  private static final int TEXTS = 200;

  @TempDir Path folder;

  private final AtomicLong computed = new AtomicLong();

  private static ExtractionPlan plan(String sha256, String format, Precision precision) {
    return ExtractionPlan.of(
        new ExtractionPlan.Subject("hashed", sha256, "a test", "texts", "tokens:-1,0,4,9"),
        HashedVectors.HOOKS,
        HashedVectors.WIDTH,
        new ExtractionPlan.Content(
            HashedVectors.texts(TEXTS), new ExtractionPlan.Keeping(format, precision)));
  }

  private static ExtractionPlan plan() {
    return plan("1", "safetensors", Precision.F32);
  }

  private long extract(ExtractionPlan plan, int readers) throws InterruptedException {
    return new PartedExtraction(
            ActivationsFolder.begin(folder, plan),
            () -> PartedExtraction.Source.of(new HashedVectors(computed)),
            texts -> {})
        .run(readers);
  }

  private static void refused(ThrowingCallable call, String error, String hint) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e).hasMessageContaining(error);
              assertThat(e.hint()).contains(hint);
            });
  }

  @ParameterizedTest
  @CsvSource({"safetensors, F32, 1", "safetensors, F16, 3", "parquet, F32, 2"})
  void whatWasReadIsReadBack(String format, Precision precision, int readers)
      throws InterruptedException {
    ExtractionPlan plan = plan("1", format, precision);
    extract(plan, readers);
    StoredActivations set = StoredActivations.open(folder);
    assertThat(set.plan()).isEqualTo(plan);
    assertThat(set.model()).isEqualTo("hashed 1");
    assertThat(set.width()).isEqualTo(HashedVectors.WIDTH);
    assertThat(set.texts()).hasSize(TEXTS).contains(plan.texts().getFirst().text());
    assertThat(set.places()).hasSize(TEXTS * 4);
    for (int h = 0; h < set.hooks().size(); h++) {
      float[][] vectors = set.at(set.hooks().get(h));
      for (int i = 0; i < vectors.length; i++) {
        Place place = set.places().get(i);
        WantedText text = plan.texts().get(place.text());
        Tokens prefix = text.prompt().plus(text.response()).prefix(5 + place.kept());
        assertThat(place.token()).isEqualTo(prefix.at(prefix.size() - 1));
        float[] expected = HashedVectors.vector(prefix);
        for (int j = 0; j < set.width(); j++) {
          assertThat(vectors[i][j]).isEqualTo(expected[h * set.width() + j]);
        }
      }
    }
    refused(() -> set.at(HookPoint.parse("residual.2")), "residual.2", "residual.1");
  }

  @Test
  void oneReaderComputesNoTokenTwice() throws InterruptedException {
    Set<Tokens> beginnings = new HashSet<>();
    for (WantedText text : HashedVectors.texts(TEXTS)) {
      Tokens read = text.read();
      IntStream.rangeClosed(1, read.size()).forEach(n -> beginnings.add(read.prefix(n)));
    }
    assertThat(extract(plan(), 1)).isEqualTo(beginnings.size()).isEqualTo(computed.get());
  }

  @Test
  void whatWasStoppedGoesOnWhereItStopped() throws Exception {
    ActivationsFolder begun = ActivationsFolder.begin(folder, plan());
    PartedExtraction stopped =
        new PartedExtraction(
            begun,
            () -> PartedExtraction.Source.of(new HashedVectors(computed)),
            texts -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> stopped.run(1)).isInstanceOf(InterruptedException.class);
    assertThat(begun.missing()).containsExactly(1, 2, 3);
    refused(
        () -> StoredActivations.open(folder),
        "not finished: 3 of 4 files are missing",
        "goes on where it stopped");
    long first = computed.get();
    extract(plan(), 1);
    assertThat(computed.get() - first).isLessThan(TEXTS * 14L * 3 / 4);
    assertThat(StoredActivations.open(folder).at(HashedVectors.HOOKS.getFirst()))
        .hasNumberOfRows(800);
    assertThat(extract(plan(), 2)).isZero();
  }

  @Test
  void anotherPlanIsRefused() throws InterruptedException {
    extract(plan(), 1);
    String hint = "name a new folder with --out";
    refused(
        () -> extract(plan("2", "safetensors", Precision.F32), 1),
        "was begun with the model 1, not 2",
        hint);
    refused(
        () -> extract(plan("1", "safetensors", Precision.F16), 1),
        "was begun with files in safetensors of f32, not safetensors of f16",
        hint);
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    refused(() -> extract(plan(), 1), "is not empty, and holds no activations", "--out");
    refused(() -> ActivationsFolder.open(folder), "there are no activations", "cw activations");
    Files.writeString(folder.resolve("activations.json"), "{\"format\": 9}");
    refused(() -> ActivationsFolder.open(folder), "has the format 9", "extract");
    Files.writeString(folder.resolve("activations.json"), "{\"format\": 1}");
    refused(
        () -> ActivationsFolder.open(folder), "does not describe activations", "cw activations");
  }

  @Test
  void halvesInParquetAreRefused() {
    refused(
        () -> extract(plan("1", "parquet", Precision.F16), 1),
        "Parquet has no numbers in half precision",
        "--dtype f32");
    refused(() -> extract(plan("1", "numpy", Precision.F32), 1), "numpy", "safetensors");
  }

  @Test
  void aFileWithOtherPlacesIsRefused() throws Exception {
    extract(plan(), 1);
    Files.copy(
        folder.resolve("part-00001.safetensors"),
        folder.resolve("part-00002.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    ActivationSet set = StoredActivations.open(folder);
    refused(() -> set.at(HashedVectors.HOOKS.getFirst()), "has other places", "into a new folder");
  }

  @Test
  void whatTheDiskCannotHoldIsRefusedBeforeAnythingIsRead() {
    ExtractionPlan small = plan();
    ExtractionPlan large =
        new ExtractionPlan(
            small.subject(),
            small.hooks(),
            Integer.MAX_VALUE,
            small.keeping(),
            small.texts(),
            small.parts());
    refused(() -> extract(large, 1), "and the disk of", "fewer layers");
    assertThat(folder).isEmptyDirectory();
  }
}
