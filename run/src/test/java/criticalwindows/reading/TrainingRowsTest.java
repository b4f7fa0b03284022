package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.ToyModel;
import criticalwindows.reading.TrainingRows.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRowsTest {
  private static final ToyModel MODEL = ToyModel.orderedDecisions();
  private static final int SIZE = MODEL.vocabulary().size();
  private static final Reader READER = new Reader(SIZE, 60, Optional.of(new Wording(MODEL)), "");

  @TempDir Path folder;

  private List<Example> read(String text, Reader reader) throws IOException {
    Path file = folder.resolve("rows.jsonl");
    Files.writeString(file, text);
    return TrainingRows.read(file, reader);
  }

  private Example one(String line) throws IOException {
    return read(line, READER).getFirst();
  }

  /// Each target as `place:token=number`.
  private static List<String> targets(Passage passage) {
    Targets targets = passage.targets();
    return IntStream.range(0, targets.size())
        .mapToObj(i -> targets.place(i) + ":" + targets.token(i) + "=" + targets.number(i))
        .toList();
  }

  @Test
  void aWeightCountsForTheTokenThatItStandsAt() throws IOException {
    Example example =
        one(
            "{\"item\": \"p1\", \"input_ids\": [5, 6, 7, 8], \"completion_mask\": [0, 0, 1, 1],"
                + " \"weights\": [0, 0, 1.5, 0], \"text\": \"x\"}");
    assertThat(example.item()).isEqualTo("p1");
    assertThat(example.place()).endsWith("rows.jsonl, line 1");
    assertThat(targets(example.passages().getFirst())).containsExactly("1:7=1.5", "2:8=0.0");
  }

  @Test
  void withoutMaskAndWeightsEveryTokenButTheFirstCountsOnce() throws IOException {
    assertThat(targets(one("{\"input_ids\": [5, 6, 7]}").passages().getFirst()))
        .containsExactly("0:6=1.0", "1:7=1.0");
  }

  @Test
  void ofAConversationEveryTurnOfTheAssistantIsLearntWithItsEnd() throws IOException {
    Passage passage =
        one("{\"messages\": [{\"role\": \"user\", \"content\": \"a\"},"
                + " {\"role\": \"assistant\", \"content\": \"bc\"},"
                + " {\"role\": \"user\", \"content\": \"d\"},"
                + " {\"role\": \"assistant\", \"content\": \"e\"}]}")
            .passages()
            .getFirst();
    int end = MODEL.vocabulary().control("<|end|>");
    assertThat(passage.targets().size()).isEqualTo(5);
    assertThat(IntStream.range(0, 5).map(passage.targets()::token).boxed().toList())
        .containsExactly((int) 'b', (int) 'c', end, (int) 'e', end);
    for (int i = 0; i < 5; i++) {
      assertThat(passage.ids().at(passage.targets().place(i) + 1))
          .isEqualTo(passage.targets().token(i));
    }
    assertThat(passage.ids().at(passage.ids().size() - 1)).isEqualTo(end);
  }

  @Test
  void pairsAreReadFromIdsTextsAndTurns() throws IOException {
    List<Example> examples =
        read(
            """
            {"prompt_ids": [9, 8], "chosen_ids": [65, 66], "rejected_ids": [67], "prompt": "x", "chosen": "AB", "rejected": "C"}
            {"prompt": "<|begin|>q", "chosen": "A", "rejected": "BC"}
            {"prompt": [{"role": "user", "content": "q"}], "chosen": [{"role": "assistant", "content": "A"}], "rejected": [{"role": "assistant", "content": "B"}]}
            """,
            READER);
    assertThat(targets(examples.getFirst().passages().getFirst()))
        .containsExactly("1:65=1.0", "2:66=1.0");
    assertThat(targets(examples.getFirst().passages().getLast())).containsExactly("1:67=1.0");
    for (Example pair : examples) {
      assertThat(pair.kind()).isEqualTo(Example.Kind.PAIR);
      assertThat(pair.passages().getFirst().targets().place(0))
          .isEqualTo(pair.passages().getLast().targets().place(0));
    }
    assertThat(targets(examples.get(1).passages().getLast())).hasSize(2);
    // A turn ends, a text goes on.
    assertThat(targets(examples.get(2).passages().getLast())).hasSize(2);
  }

  @Test
  void countsStandAtTheFirstTokensOfTheirClasses() throws IOException {
    Reader asked = new Reader(SIZE, 60, Optional.of(new Wording(MODEL)), "?");
    Example example =
        read(
                "{\"item\": \"p\", \"input_ids\": [70, 71], \"classes\": [\"B\", \"A\"],"
                    + " \"counts\": [3, 7], \"k\": 7, \"n\": 10}",
                asked)
            .getFirst();
    Passage passage = example.passages().getFirst();
    assertThat(passage.ids().size()).isEqualTo(3);
    assertThat(targets(passage)).containsExactly("2:65=7.0", "2:66=3.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"input_ids": [5, 6], "weights": [0]} | 1 weights for 2 input_ids
          {"input_ids": [5, 6], "completion_mask": [1, 1, 1]} | 3 completion_mask for 2 input_ids
          {"input_ids": [5, 6], "weights": [0, 0]} | no token has a weight above 0
          {"input_ids": [5, 6], "weights": [9, 0]} | no token has a weight above 0
          {"input_ids": [5, 6], "weights": [0, -1]} | weights are finite numbers of at least 0, not -1 at token 1
          {"input_ids": [5, 6], "weights": [0, NaN]} | weights are finite numbers of at least 0, not "NaN" at token 1
          {"input_ids": [5, 6, 7], "completion_mask": [0, 1, 0], "weights": [0, 1, 1]} | the weight 1.0 at token 2, which completion_mask leaves out
          {"input_ids": [5, 999]} | the token id 999, of a vocabulary of 135: it is of another model
          {"input_ids": [5, -1]} | a token id is at least 0, not -1
          {"input_ids": []} | input_ids are an array of at least one token id
          {"messages": [{"role": "user", "content": "a"}]} | a conversation without a reply of the assistant's
          {"prompt_ids": [1], "chosen_ids": [2], "rejected_ids": [2]} | chosen and rejected are the same
          {"prompt": "a", "chosen": "b"} | rejected is no text
          {"input_ids": [5], "classes": ["A", "AB"], "counts": [1, 2]} | the classes A and AB begin with one token
          {"input_ids": [5], "classes": ["A"], "counts": [1, 2]} | 1 classes with 2 counts
          {"input_ids": [5], "classes": ["A"], "counts": [0.5]} | the count 0.5 of A is no whole number of at least 0
          {"input_ids": [5], "classes": ["A"], "counts": [0]} | counts of no rollout
          {"input_ids": [5, 6], "model": "m", "vocabulary_sha256": "ab"} | its token ids are of another vocabulary, that of m
          {"text": "a"} | it has none of the fields that rows are known by
          """)
  void aWrongRowIsNamedByItsLine(String row, String why) {
    String text = "{\"input_ids\": [5, 6]}\n" + row + "\n";
    assertThatThrownBy(() -> read(text, READER))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("rows.jsonl, line 2: ")
        .hasMessageEndingWith(why);
  }

  @Test
  void aRowThatIsTooLongOrOfAnotherKindIsNamedToo() {
    String ids =
        IntStream.range(0, 61).mapToObj(i -> "5").collect(java.util.stream.Collectors.joining(","));
    assertThatThrownBy(() -> read("{\"input_ids\": [" + ids + "]}\n", READER))
        .hasMessageEndingWith("line 1: 61 tokens, more than the 60 that the model reads");
    String mixed =
        """
        {"input_ids": [5, 6]}
        {"prompt_ids": [1], "chosen_ids": [2], "rejected_ids": [3]}
        """;
    assertThatThrownBy(() -> read(mixed, READER))
        .hasMessageEndingWith("line 2: a row of preference pairs among responses with weights");
    assertThatThrownBy(() -> read("", READER)).hasMessageEndingWith("rows.jsonl has no row");
    assertThatThrownBy(() -> TrainingRows.read(folder.resolve("none.jsonl"), READER))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("there is no file ");
  }

  @Test
  void textsNeedTheModelsWords() {
    Reader idsAlone = new Reader(SIZE, 60, Optional.empty(), "");
    assertThatThrownBy(
            () -> read("{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", idsAlone))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e)
                  .hasMessageEndingWith(
                      "texts cannot be read without the model's tokenizer and chat template");
              assertThat(e.hint())
                  .isEqualTo("train a GGUF file, which has both, or give rows of token ids");
            });
  }
}
