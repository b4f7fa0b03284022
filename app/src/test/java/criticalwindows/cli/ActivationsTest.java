package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.activation.WantedText;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import criticalwindows.rollout.Arm;
import criticalwindows.store.RunFolder;
import criticalwindows.vectors.StoredActivations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cw activations` on the smallest built-in model.
final class ActivationsTest {
  @TempDir Path folder;

  private static Cli run(String... words) {
    return Cli.run(
        Stream.concat(Stream.of(words), Stream.of("--threads", "1", "--memory", "480M"))
            .toArray(String[]::new));
  }

  private static Cli done(Cli cli) {
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli;
  }

  private Path texts() throws IOException {
    return Files.writeString(
        folder.resolve("texts.jsonl"),
        """
        {"id": "one", "family": "none", "messages": [{"role": "user", "content": "Say yes."}], "response": "I do say yes."}
        {"id": "two", "family": "none", "messages": [{"role": "user", "content": "Say yes."}], "response": "I do say no."}
        {"id": "three", "messages": [{"role": "user", "content": "Say it."}], "response": "No."}
        """);
  }

  private Cli ofTexts(String out, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("activations", texts().toString(), "--model", "small-base"));
    words.addAll(List.of("--out", folder.resolve(out).toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void theResponsesOfARunAreReadWhereTheyWereCut() {
    Path study = folder.resolve("run");
    done(
        run(
            "run",
            "cot",
            "--model",
            "small-base",
            "--problems",
            "2",
            "--samples",
            "2",
            "--out",
            study.toString()));
    Path out = folder.resolve("acts");
    String[] words = {"activations", study.toString(), "--layers", "all", "--out", out.toString()};
    Cli first = done(run(words));
    assertThat(first.err()).contains(" bytes on the disk, and at most ");
    assertThat(first.out()).contains("activations  " + out, "l_out-0", "direction.1");
    StoredActivations set = StoredActivations.open(out);
    try (RunFolder opened = RunFolder.open(study)) {
      for (WantedText text : set.plan().texts()) {
        TreeSet<Integer> cuts = new TreeSet<>();
        opened.ledger().samples(text.id()).stream()
            .filter(sample -> sample.key().is(Arm.RESAMPLE))
            .forEach(sample -> cuts.add(sample.key().kept()));
        assertThat(text.kept()).isEqualTo(List.copyOf(cuts));
      }
    }
    assertThat(set.texts()).hasSize(2);
    assertThat(set.at(set.hooks().getLast())).hasNumberOfRows(set.places().size());
    assertThat(done(run(words)).err()).contains("; 1 of 1 files are there");
    words[3] = "1";
    run(words)
        .assertUserError("was begun with the layers residual.1, residual.2", "a new folder with");
    run("activations", study.toString(), "--layers", "99", "--out", folder.resolve("x").toString())
        .assertUserError("--layers 99: the model has", "name layers from 1 to");
  }

  @Test
  void bothFormatsHoldTheSameVectors() throws IOException {
    String[] more = {"--layers", "all", "--site", "residual,attention,mlp", "--at", "every:2"};
    done(ofTexts("tensors", more));
    done(
        ofTexts(
            "rows",
            Stream.concat(Stream.of(more), Stream.of("--format", "parquet"))
                .toArray(String[]::new)));
    StoredActivations tensors = StoredActivations.open(folder.resolve("tensors"));
    StoredActivations rows = StoredActivations.open(folder.resolve("rows"));
    assertThat(tensors.places()).isEqualTo(rows.places());
    assertThat(tensors.texts()).extracting("group").containsOnly("none", "texts");
    for (HookPoint hook : tensors.hooks()) {
      assertThat(tensors.at(hook)).isDeepEqualTo(rows.at(hook));
    }
    float[][] before = tensors.at(HookPoint.parse("residual.1"));
    float[][] attention = tensors.at(HookPoint.parse("attention.2"));
    float[][] mlp = tensors.at(HookPoint.parse("mlp.2"));
    float[][] after = tensors.at(HookPoint.parse("residual.2"));
    for (int i = 0; i < after.length; i++) {
      for (int j = 0; j < after[i].length; j++) {
        assertThat(before[i][j] + attention[i][j] + mlp[i][j])
            .isCloseTo(after[i][j], org.assertj.core.api.Assertions.within(1e-4f));
      }
    }
  }

  /// What we read at every token is written as vLLM writes it, and read again.
  @Test
  void hiddenStatesOfVllmAreMatchedByTheirTokens() throws IOException {
    done(
        ofTexts(
            "own",
            "--layers",
            "1,2",
            "--at",
            "tokens:-60,-59,-58,-57,-56,-55,-54,-53,-52,-51,"
                + "-50,-49,-48,-47,-46,-45,-44,-43,-42,-41,-40,-39,-38,-37,-36,-35,-34,-33,-32,-31,-30,-29,"
                + "-28,-27,-26,-25,-24,-23,-22,-21,-20,-19,-18,-17,-16,-15,-14,-13,-12,-11,-10,-9,-8,-7,-6,"
                + "-5,-4,-3,-2,-1,0,1,2,3,4,5,6,7,8,9,10,11,12"));
    StoredActivations own = StoredActivations.open(folder.resolve("own"));
    Path there = Files.createDirectory(folder.resolve("hs"));
    for (int text = 0; text < own.texts().size(); text++) {
      vllm(own, text, there.resolve("r" + text + ".safetensors"));
    }
    String dir = there.toString();
    done(ofTexts("taken", "--layers", "1,2", "--vllm", dir));
    done(ofTexts("read", "--layers", "1,2"));
    StoredActivations taken = StoredActivations.open(folder.resolve("taken"));
    StoredActivations read = StoredActivations.open(folder.resolve("read"));
    assertThat(taken.plan().subject().reader()).isEqualTo("vLLM, " + there);
    assertThat(taken.places()).isEqualTo(read.places());
    HookPoint second = HookPoint.parse("residual.2");
    float[][] expected = read.at(second);
    float[][] found = taken.at(second);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).usingComparatorWithPrecision(1e-4f).containsExactly(expected[i]);
    }
    Files.delete(there.resolve("r0.safetensors"));
    ofTexts("missing", "--layers", "1,2", "--vllm", dir)
        .assertUserError(
            "no file of vLLM has the text " + own.texts().getFirst().id(), "the same token ids");
    ofTexts("layers", "--layers", "1", "--vllm", dir)
        .assertUserError("where 1 layers are named", "--layers");
    ofTexts("layers", "--layers", "0,1", "--vllm", dir)
        .assertUserError("vLLM's layer 0 is the embeddings", "from 1 on");
    ofTexts("sites", "--layers", "1,2", "--site", "mlp", "--vllm", dir)
        .assertUserError("the residual stream alone", "leave --site out");
  }

  private static void vllm(StoredActivations own, int text, Path file) {
    float[][] first = own.at(HookPoint.parse("residual.1"));
    float[][] second = own.at(HookPoint.parse("residual.2"));
    List<float[]> rows = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      Place place = own.places().get(i);
      if (place.text() == text) {
        rows.add(first[i]);
        rows.add(second[i]);
        ids.add((long) place.token());
      }
    }
    assertThat(ids).hasSize(own.texts().get(text).prompted() + own.texts().get(text).length());
    Tensor states =
        new Tensor(
            "hidden_states",
            List.of((long) ids.size(), 2L, (long) own.width()),
            (row, into) -> System.arraycopy(rows.get((int) row), 0, into, 0, into.length));
    SafetensorsWriter.write(
        file,
        Map.of(),
        List.of(new Stored(states, ElementType.F32)),
        Map.of("token_ids", ids.stream().mapToLong(id -> id).toArray()));
  }

  @Test
  void whatCannotBeReadIsToldInTwoLines() throws IOException {
    ofTexts("x", "--at", "cuts")
        .assertUserError("--at cuts, and", "say --at ends, every:K or tokens:N,N");
    ofTexts("x", "--at", "tokens:9999").assertUserError("has any of the places", "--at");
    ofTexts("x", "--site", "mind").assertUserError("no site named mind", "residual");
    ofTexts("x", "--layers", "some").assertUserError("--layers some", "name layers such as 4,8");
    ofTexts("x", "--dtype", "f8").assertUserError("no type of numbers named f8", "f16");
    ofTexts("x", "--dtype", "f16", "--format", "parquet")
        .assertUserError("Parquet has no numbers in half precision", "--dtype f32");
    run("activations", texts().toString(), "--model", "http://127.0.0.1:1", "--out", "x")
        .assertUserError("and http://127.0.0.1:1 is a server", "--vllm DIR");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
