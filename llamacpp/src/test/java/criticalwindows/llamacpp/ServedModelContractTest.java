package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.contract.EveryModel;
import criticalwindows.contract.ModelContract;
import criticalwindows.model.Completion;
import criticalwindows.model.Message;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.remote.RemoteModel;
import criticalwindows.remote.RemoteOptions;
import criticalwindows.remote.TokenizerFolder;
import criticalwindows.serve.ModelServer;
import criticalwindows.serve.ServeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model behind a server keeps the contract of every backend, and is the model that is served.
class ServedModelContractTest implements EveryModel {
  private static LlamaModel served;
  private static ModelServer server;
  private static RemoteModel model;
  private static ModelContract.Subject subject;

  @BeforeAll
  static void start() throws InterruptedException {
    served = BuiltIn.open(24);
    Tokens begin = Tokens.of(served.vocabulary().begin().orElseThrow());
    Tokens start = begin.plus(BuiltIn.question(served.vocabulary(), 17));
    server = ModelServer.start(served, ServeOptions.loopback(0));
    model =
        RemoteModel.open(
            RemoteOptions.of(server.address().toString())
                .with(
                    new RemoteOptions.Load(
                        8, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(2))));
    subject = new ModelContract.Subject(model, start);
  }

  @AfterAll
  static void close() {
    model.close();
    server.close();
    served.close();
  }

  @Override
  public ModelContract.Subject subject() {
    return subject;
  }

  /// Bit for bit only where the model keeps no state of other texts.
  @Override
  @Test
  public void continuesExactlyFromEveryCut() throws InterruptedException {
    close();
    start();
    ModelContract.continuesExactlyFromEveryCut(subject);
  }

  @Test
  void feedsIntoTheLiveText() throws InterruptedException {
    ModelContract.feedsIntoTheLiveText(subject);
  }

  /// The same script alone, in the process and through the server, gives the same tokens and the
  /// same numbers.
  @Test
  void isTheModelInTheProcessTokenByToken() throws InterruptedException {
    List<Script> scripts =
        List.of(
            new Script(subject.start(), List.of(Step.sample(Sampling.GREEDY, 60)), 0),
            new Script(subject.start(), List.of(Step.sample(Sampling.PLAIN, 60)), 71));
    try (LlamaModel own = BuiltIn.open(24)) {
      for (Script script : scripts) {
        Completion here = Models.run(own, script);
        Completion there = Models.run(model, script);
        assertThat(there.last().tokens()).isEqualTo(here.last().tokens());
        assertThat(there.last().finish()).isEqualTo(here.last().finish());
        for (int i = 0; i < here.last().logProbs().size(); i++) {
          assertThat(there.last().logProbs().at(i))
              .isCloseTo(
                  here.last().logProbs().at(i), org.assertj.core.api.Assertions.within(.05f));
        }
      }
      assertThat(model.vocabulary().stops()).isEqualTo(own.vocabulary().stops());
      assertThat(model.vocabulary().controls()).isEqualTo(own.vocabulary().controls());
      assertThat(model.provenance().get("model sha256"))
          .isEqualTo(own.provenance().get("model sha256"));
    }
  }

  /// A tokenizer.json beside the server is the same vocabulary as the server's own.
  @Test
  void aTokenizerFolderIsTheVocabularyOfTheModel(@TempDir Path folder) throws Exception {
    Files.copy(Path.of("../organism/tokenizer.json"), folder.resolve("tokenizer.json"));
    Vocabulary own = model.vocabulary();
    Files.writeString(
        folder.resolve("generation_config.json"),
        "{\"bos_token_id\": "
            + own.begin().orElseThrow()
            + ", \"eos_token_id\": "
            + own.stops()
            + ", \"temperature\": 0.6, \"top_p\": 0.9}");
    RemoteOptions plain = RemoteOptions.of(server.address().toString());
    RemoteOptions options =
        new RemoteOptions(
            plain.servers(),
            plain.servedModel(),
            Optional.of(() -> TokenizerFolder.read(folder)),
            Optional.of("llama3"),
            plain.key(),
            plain.load());
    try (RemoteModel beside = RemoteModel.open(options)) {
      Vocabulary other = beside.vocabulary();
      assertThat(other.size()).isEqualTo(own.size());
      assertThat(other.stops()).isEqualTo(own.stops());
      assertThat(other.controls()).isEqualTo(own.controls());
      for (int id = 0; id < own.size(); id++) {
        assertThat(other.piece(id)).as("token %d", id).isEqualTo(own.piece(id));
      }
      for (String text :
          List.of("Ulla has 17 apples; she gives 4.", "a\n\n  b<|eot_id|>", "naïve – 東京 ½")) {
        assertThat(other.encode(text)).as(text).isEqualTo(own.encode(text));
        assertThat(other.decode(other.encode(text))).isEqualTo(text);
      }
      assertThat(beside.recommended().sampling()).isEqualTo(new Sampling(.6, .9));
      List<Message> talk = List.of(Message.system("a"), Message.user(" b "));
      assertThat(beside.chatTemplate().render(talk))
          .isEqualTo(model.chatTemplate().render(talk).replace("<|begin_of_text|>", ""));
    }
  }

  /// Answers asked for at one cut, sampled: counts from the process and from the server may come
  /// from one distribution, and counts from another temperature may not.
  @Test
  void answersAtACutHaveTheDistributionOfTheModelInTheProcess() throws InterruptedException {
    try (LlamaModel own = BuiltIn.open(24)) {
      Tokens start = subject.start();
      Script begin = new Script(start, List.of(Step.sample(Sampling.GREEDY, 8)), 0);
      Tokens cut =
          start
              .plus(Models.run(own, begin).last().tokens())
              .plus(BuiltIn.followUp(own.vocabulary()))
              .plus(own.vocabulary().encode("The answer is $"));
      Map<String, int[]> same = new TreeMap<>();
      count(own, cut, Sampling.PLAIN, 0, same, 0);
      count(model, cut, Sampling.PLAIN, 1000, same, 1);
      assertThat(same.size()).isGreaterThan(2);
      assertThat(excess(same)).isLessThan(3.1);
      Map<String, int[]> other = new TreeMap<>();
      count(own, cut, Sampling.PLAIN, 0, other, 0);
      count(model, cut, new Sampling(.3, 1), 1000, other, 1);
      assertThat(excess(other)).isGreaterThan(3.1);
    }
  }

  private static void count(
      criticalwindows.model.Model from,
      Tokens cut,
      Sampling sampling,
      long seed,
      Map<String, int[]> counts,
      int column)
      throws InterruptedException {
    List<Script> scripts =
        IntStream.range(0, 120)
            .mapToObj(i -> new Script(cut, List.of(Step.sample(sampling, 2)), seed + i))
            .toList();
    for (Completion completion : Models.run(from, scripts)) {
      String text = completion.last().tokens().toString();
      counts.computeIfAbsent(text, t -> new int[2])[column]++;
    }
  }

  /// How many standard deviations the chi-square statistic of two equally large samples lies above
  /// its mean, by the approximation of Wilson and Hilferty (1931); texts seen fewer than ten times
  /// count as one. 3.1 is the .999 quantile.
  private static double excess(Map<String, int[]> counts) {
    int[] rare = new int[2];
    double statistic = 0;
    int cells = 0;
    for (int[] pair : counts.values()) {
      if (pair[0] + pair[1] < 10) {
        rare[0] += pair[0];
        rare[1] += pair[1];
      } else {
        statistic += Math.pow(pair[0] - pair[1], 2) / (pair[0] + pair[1]);
        cells++;
      }
    }
    if (rare[0] + rare[1] > 0) {
      statistic += Math.pow(rare[0] - rare[1], 2) / (rare[0] + rare[1]);
      cells++;
    }
    double freedom = cells - 1;
    double spread = 2 / (9 * freedom);
    return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
  }
}
