package criticalwindows.cli;

import criticalwindows.alarm.ThresholdFile;
import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.monitor.MixedScore;
import criticalwindows.monitor.Monitor;
import criticalwindows.monitor.Questions;
import criticalwindows.monitor.TokenScore;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.ratio.Role;
import criticalwindows.remote.RemoteModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The models that a monitor asks, opened.
///
/// @param models by their roles, at least one, all of one vocabulary
record MonitorModels(Map<Role, Model> models) implements AutoCloseable {
  /// Opens the models that a score asks.
  ///
  /// @param named the models by their roles
  /// @param options of all of them together
  /// @throws UserError if their vocabularies differ
  static MonitorModels open(
      TokenScore score, Map<Role, MonitorModelOptions.Named> named, LlamaOptions options)
      throws InterruptedException {
    MonitorModels opened = new MonitorModels(new EnumMap<>(Role.class));
    int several = score.asks().size();
    try {
      for (Role role : score.asks()) {
        MonitorModelOptions.Named model = Optional.ofNullable(named.get(role)).orElseThrow();
        LlamaOptions own = options.withMemory(options.memoryBytes() / several);
        opened.models.put(
            role, AnyModel.open(model.name(), model.adapter().map(own::withAdapter).orElse(own)));
      }
      opened.requireOneVocabulary();
      return opened;
    } catch (InterruptedException | RuntimeException e) {
      opened.close();
      throw e;
    }
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
  Monitor monitor(TokenScore score, ThresholdFile.Phrases phrases, int most) {
    Prompter prompter = prompter();
    Vocabulary words = first().vocabulary();
    Tokens header = prompter.turnAgain();
    Monitor monitor =
        new Monitor(
            MixedScore.of(score),
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
    return models.values().stream().mapToLong(MonitorModels::computed).sum();
  }

  private static long computed(Model model) {
    return switch (model) {
      case LlamaModel own -> own.counters().computedTokens();
      case RemoteModel remote -> remote.traffic().read();
      default -> 0;
    };
  }

  @Override
  public void close() {
    List<Model> all = new ArrayList<>(models.values());
    all.forEach(Model::close);
  }
}
