package criticalwindows.llamacpp;

import criticalwindows.contract.ModelContract;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.nio.file.Path;
import java.util.Optional;

/// The project's own small model, and a question it was trained on.
final class BuiltIn {
  /// Where it lies in the clone; tests run in their module's folder.
  static final Path FILE = Path.of("../hub/src/main/resources/criticalwindows/hub/base.gguf");

  /// One thread, so that tests are as quick on a busy machine.
  static final LlamaOptions OPTIONS =
      LlamaOptions.defaults().withThreads(1).withAttention(LlamaOptions.Attention.PLAIN);

  private BuiltIn() {}

  /// The built-in model with room for about so many sequences of its whole context.
  static LlamaModel open(int sequences) {
    return LlamaModel.open(FILE, OPTIONS.withMemory(314_000_000L + sequences * 3_200_000L));
  }

  /// Its weights alone, as opening it loads them.
  static Weights weights() {
    NativeFiles natives = NativeFiles.find(System.getenv());
    return NativeCheck.PINNED.open(
        natives, FILE, llama -> Weights.load(llama, FILE, Optional.empty()));
  }

  /// A problem to reason through, the assistant's turn begun.
  static Tokens question(Vocabulary vocabulary, int stamps) {
    return turn(vocabulary, "system", "You solve math questions carefully and correctly.")
        .plus(
            turn(
                vocabulary,
                "user",
                "In the morning, Olga has "
                    + stamps
                    + " stamps. Next, she buys 6 boxes with 7 stamps in each box. How many stamps"
                    + " does Olga have in the end?\n\nWork through this math question one step at a"
                    + " time, and give your answer only after the reasoning."))
        .plus(header(vocabulary, "assistant"))
        .plus(vocabulary.encode("Let's think step by step:"));
  }

  /// What the contract of models is tested on: a problem to reason through.
  static ModelContract.Subject subject(LlamaModel model) {
    Tokens begin = Tokens.of(model.vocabulary().begin().orElseThrow());
    return new ModelContract.Subject(model, begin.plus(question(model.vocabulary(), 17)));
  }

  /// The end of the assistant's turn, and the question for the answer alone.
  static Tokens followUp(Vocabulary vocabulary) {
    return control(vocabulary, "<|eot_id|>")
        .plus(
            turn(
                vocabulary,
                "user",
                "Given everything above, what is the single most likely answer? Reply in the form"
                    + " \"The answer is $X$\", where X is the answer in LaTeX, fully simplified."))
        .plus(header(vocabulary, "assistant"));
  }

  private static Tokens turn(Vocabulary vocabulary, String role, String text) {
    return header(vocabulary, role)
        .plus(vocabulary.encode(text))
        .plus(control(vocabulary, "<|eot_id|>"));
  }

  static Tokens header(Vocabulary vocabulary, String role) {
    return control(vocabulary, "<|start_header_id|>")
        .plus(vocabulary.encode(role))
        .plus(control(vocabulary, "<|end_header_id|>"))
        .plus(vocabulary.encode("\n\n"));
  }

  private static Tokens control(Vocabulary vocabulary, String name) {
    return Tokens.of(vocabulary.controls().getOrDefault(name, -1));
  }
}
