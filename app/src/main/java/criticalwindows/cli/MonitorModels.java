package criticalwindows.cli;

import criticalwindows.alarm.AlarmScore;
import criticalwindows.alarm.ThresholdFile;
import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.monitor.MixedScore;
import criticalwindows.monitor.Monitor;
import criticalwindows.monitor.ProbeScore;
import criticalwindows.monitor.Questions;
import criticalwindows.monitor.TokenScores;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.ratio.Role;
import criticalwindows.remote.RemoteModel;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The models that a monitor asks, opened.
///
/// @param models by their roles, at least one, all of one vocabulary
/// @param probes that read the aligned one's activations
/// @param reading how the model that the probes read is opened
record MonitorModels(Map<Role, Model> models, Optional<MonitorProbes> probes, Reading reading)
    implements AutoCloseable {
  /// A model that is read.
  record Reading(String model, LlamaOptions options) {}

  /// Opens the models that a score asks. Where probes read, texts are the aligned model's.
  ///
  /// @param probes where the score has some
  /// @param named the models by their roles
  /// @param options of all of them together
  /// @throws UserError if their vocabularies differ
  static MonitorModels open(
      AlarmScore score,
      Optional<MonitorProbes> probes,
      Map<Role, MonitorModelOptions.Named> named,
      LlamaOptions options)
      throws InterruptedException {
    List<Role> asked = asked(score);
    LlamaOptions each =
        options.withMemory(options.memoryBytes() / (asked.size() + (probes.isPresent() ? 1 : 0)));
    MonitorModelOptions.Named aligned = Optional.ofNullable(named.get(Role.ALIGNED)).orElseThrow();
    MonitorModels opened =
        new MonitorModels(
            new EnumMap<>(Role.class), probes, new Reading(aligned.name(), aligned.in(each)));
    if (probes.isPresent()) {
      MonitorProbes.requireFile(aligned.name());
    }
    try {
      for (Role role : asked) {
        MonitorModelOptions.Named model = Optional.ofNullable(named.get(role)).orElseThrow();
        opened.models.put(role, AnyModel.open(model.name(), model.in(each)));
      }
      opened.requireOneVocabulary();
      probes.ifPresent(read -> read.require(opened.first()));
      return opened;
    } catch (InterruptedException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static List<Role> asked(AlarmScore score) {
    return Stream.of(Role.values())
        .filter(
            role ->
                score.shares().stream()
                    .anyMatch(
                        share ->
                            share.score().equals(ProbeScore.NAME)
                                ? role == Role.ALIGNED
                                : TokenScores.named(share.score()).asks().contains(role)))
        .toList();
  }

  private void requireOneVocabulary() {
    Model first = first();
    for (Model other : models.values()) {
      if (!same(first.vocabulary(), other.vocabulary())) {
        throw new UserError(
            first.name() + " and " + other.name() + " have different vocabularies",
            "their probabilities cannot be compared; name two models of one family");
      }
    }
  }

  private static boolean same(Vocabulary one, Vocabulary other) {
    return one.size() == other.size()
        && one.controls().equals(other.controls())
        && IntStream.range(0, one.size())
            .allMatch(id -> Arrays.equals(one.piece(id), other.piece(id)));
  }

  /// By whose chat template texts are read: the aligned one, where it is asked.
  Model first() {
    return models.values().iterator().next();
  }

  /// Turns texts into the token ids of all of them.
  Prompter prompter() {
    return new Prompter(first(), PromptSet.standard());
  }

  /// A monitor by this score.
  ///
  /// @param most tokens of a text, as far as is known
  /// @param texts that are open at once
  Monitor monitor(AlarmScore score, int most, int texts) {
    Prompter prompter = prompter();
    AlarmScore.Phrases phrases = score.phrases();
    int read = Math.min(models.values().iterator().next().contextLength(), most);
    Vocabulary words = first().vocabulary();
    Tokens header = prompter.turnAgain();
    Monitor monitor =
        new Monitor(
            mixed(score, new MonitorProbes.Reads(reading.model, reading.options, read, texts)),
            new Questions(
                phrases.every(),
                header,
                words.encode(phrases.refusal()),
                words.encode(phrases.compliance())),
            models);
    // Texts that grow do not make the engine's cache anew.
    models.values().forEach(model -> model.width(Math.min(context(), monitor.mostTokens(most))));
    return monitor;
  }

  /// What is followed, for people: a line for each score.
  List<String> about(AlarmScore score) {
    return score.shares().stream()
        .map(
            share ->
                (score.mixed() ? share.counts().weight() + " " : "")
                    + share.score()
                    + ": "
                    + (share.score().equals(ProbeScore.NAME)
                        ? probes.orElseThrow().about()
                        : TokenScores.named(share.score()).about()))
        .toList();
  }

  private MixedScore mixed(AlarmScore score, MonitorProbes.Reads reads) {
    return new MixedScore(
        score.shares().stream()
            .map(
                share ->
                    new MixedScore.Part(
                        share.score().equals(ProbeScore.NAME)
                            ? probes.orElseThrow().score(reads)
                            : TokenScores.named(share.score()),
                        share.counts()))
            .toList());
  }

  /// The most tokens of a text that all of them can read.
  int context() {
    return models.values().stream().mapToInt(Model::contextLength).min().orElseThrow();
  }

  /// The files as they were named.
  Map<Role, ThresholdFile.Named> named(Map<Role, MonitorModelOptions.Named> names) {
    Map<Role, ThresholdFile.Named> all = new EnumMap<>(Role.class);
    models.forEach(
        (role, model) ->
            all.put(
                role,
                ThresholdFile.Named.of(
                    Optional.ofNullable(names.get(role))
                        .map(MonitorModelOptions.Named::name)
                        .orElse(model.name()),
                    model)));
    return all;
  }

  /// Tokens that went through the models so far, of all of them; at a server, those that were sent.
  long computed() {
    return models.values().stream().mapToLong(MonitorModels::computed).sum()
        + probes.map(MonitorProbes::computed).orElse(0L);
  }

  private static long computed(Model model) {
    return switch (model) {
      case LlamaModel own -> own.counters().computedTokens();
      case RemoteModel remote -> remote.traffic().read();
      default -> 0;
    };
  }

  /// How quickly probes read, where there are any: a line.
  List<String> speed() {
    return probes.flatMap(MonitorProbes::speed).stream()
        .map(
            each ->
                "probes read "
                    + Numbers.count(probes.map(MonitorProbes::computed).orElse(0L))
                    + " tokens, prompts included, at "
                    + Numbers.count(Math.round(each))
                    + " a second; what that adds to decoding: cw bench probes")
        .toList();
  }

  @Override
  public void close() {
    List<Model> all = new ArrayList<>(models.values());
    all.forEach(Model::close);
    probes.ifPresent(MonitorProbes::close);
  }
}
