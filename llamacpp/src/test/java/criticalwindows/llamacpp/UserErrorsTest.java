package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import criticalwindows.model.Message;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user can get wrong is said in two lines.
@Isolated("a model with longer heads makes the process take another CPU library")
class UserErrorsTest {
  @TempDir Path folder;

  private static UserError opening(Path file) {
    return catchThrowableOfType(
        UserError.class, () -> LlamaModel.open(file, BuiltIn.OPTIONS).close());
  }

  @Test
  void aMissingFile() {
    Path file = folder.resolve("none.gguf");
    assertThat(opening(file)).hasMessage("there is no file " + file);
    assertThat(opening(file).hint()).isEqualTo("name a model file in the GGUF format");
  }

  @Test
  void aFolder() {
    assertThat(opening(folder)).hasMessage(folder + " is a folder, not a model file");
  }

  @Test
  void anotherKindOfFile() throws IOException {
    Path file = Files.writeString(folder.resolve("model.gguf"), "once upon a time");
    assertThat(opening(file)).hasMessage(file + " is not a GGUF file: it does not begin with GGUF");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 20, 500, 40_000, 200_000, 9_000_000})
  void aTruncatedFile(int bytes) throws IOException {
    byte[] whole = Files.readAllBytes(BuiltIn.FILE);
    Path file = Files.write(folder.resolve("model.gguf"), Arrays.copyOf(whole, bytes));
    assertThat(opening(file).getMessage())
        .containsAnyOf(
            "llama.cpp cannot load " + file + ": ",
            file + " is truncated or damaged: ",
            file + " is no GGUF file");
    assertThat(opening(file).hint())
        .containsAnyOf("fetch the file again", "download the file again", "ends in .gguf");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomBytes(long seed) throws IOException {
    byte[] noise = new byte[50_000];
    new Random(seed).nextBytes(noise);
    System.arraycopy(new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0}, 0, noise, 0, 8);
    Path file = Files.write(folder.resolve("model.gguf"), noise);
    assertThat(opening(file)).hasMessageStartingWith(file + " is truncated or damaged: ");
  }

  /// llama.cpp would end the process.
  @Test
  void aVocabularyWithTwoEqualTokens() throws IOException {
    byte[] bytes = Files.readAllBytes(BuiltIn.FILE);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int first = token(text, text.indexOf("tokenizer.ggml.tokens"));
    int second = token(text, first + 9);
    bytes[second + 8] = bytes[first + 8];
    Path file = Files.write(folder.resolve("model.gguf"), bytes);
    assertThat(opening(file))
        .hasMessageStartingWith(file + " is truncated or damaged: it has a token twice");
    assertThat(opening(file).hint()).contains("download the file again");
  }

  /// Where the next token of one letter stands.
  private static int token(String file, int from) {
    int at = from;
    do {
      at = file.indexOf("\u0001\0\0\0\0\0\0\0", at + 1);
    } while (!Character.isLetter(file.charAt(at + 8)));
    return at;
  }

  @Test
  void aLibraryOfAnotherVersion() {
    NativeFiles files = NativeFiles.find(System.getenv());
    NativeCheck pinned = NativeCheck.PINNED;
    NativeCheck older = new NativeCheck("0.4.9", pinned.modelParams(), pinned.contextParams());
    NativeCheck grown =
        new NativeCheck(pinned.version(), pinned.modelParams() + "00", pinned.contextParams());
    NativeCheck moved =
        new NativeCheck(
            pinned.version(), pinned.modelParams(), pinned.contextParams().replace("02", "03"));
    UserError wrong = catchThrowableOfType(UserError.class, () -> older.load(files, 64));
    assertThat(wrong)
        .hasMessageStartingWith("the llama.cpp in " + files.folder() + " is not version 0.4.9: ");
    assertThat(wrong.hint()).startsWith("unset LLAMA_LIB to use the built-in library");
    assertThatThrownBy(() -> grown.load(files, 64))
        .hasMessageEndingWith("llama_model_params differ");
    assertThatThrownBy(() -> moved.load(files, 64))
        .hasMessageEndingWith("llama_context_params differ");
  }

  @Test
  void aLibraryThatIsNotThere() {
    Path nowhere = folder.resolve("lib");
    Map<String, String> environment = Map.of("LLAMA_LIB", nowhere.toString());
    assertThatThrownBy(() -> NativeFiles.find(environment))
        .isInstanceOf(UserError.class)
        .hasMessage("LLAMA_LIB names " + nowhere + ", which is not there");
    Map<String, String> empty = Map.of("LLAMA_LIB", folder.toString());
    assertThatThrownBy(() -> NativeFiles.find(empty))
        .isInstanceOf(UserError.class)
        .hasMessage("there is no libllama.so in " + folder);
  }

  @Test
  void aFileThatIsNoLibrary() throws IOException {
    for (String name : List.of("libllama.so", "libggml.so", "libggml-base.so")) {
      Files.writeString(folder.resolve(name), "no library");
    }
    NativeFiles files = NativeFiles.find(Map.of("LLAMA_LIB", folder.toString()));
    assertThatThrownBy(() -> NativeCheck.PINNED.load(files, 64))
        .isInstanceOf(UserError.class)
        .hasMessage("the library " + folder.resolve("libggml-base.so") + " cannot be loaded");
  }

  @Test
  void tooLittleMemory() {
    LlamaOptions tight = BuiltIn.OPTIONS.withMemory(100_000_000L);
    try (LlamaModel model = LlamaModel.open(BuiltIn.FILE, tight)) {
      Script script =
          new Script(
              BuiltIn.question(model.vocabulary(), 17),
              List.of(Step.sample(Sampling.GREEDY, 4)),
              0L);
      UserError failure = catchThrowableOfType(UserError.class, () -> Models.run(model, script));
      assertThat(failure)
          .hasMessageMatching(
              "100 MB of memory are too little for one text of \\d+ tokens, which takes 3\\d\\d"
                  + " MB");
      assertThat(failure.hint()).startsWith("allow more memory");
    }
  }

  @Test
  void optionsThatCannotBe() {
    assertThatThrownBy(() -> BuiltIn.OPTIONS.withThreads(0))
        .isInstanceOf(UserError.class)
        .hasMessage("0 threads");
    assertThatThrownBy(() -> BuiltIn.OPTIONS.withMemory(0))
        .isInstanceOf(UserError.class)
        .hasMessage("a memory budget of 0 bytes");
  }

  @Test
  void aChatTemplateNobodyKnows() {
    LlamaOptions options = BuiltIn.OPTIONS.withChatTemplate("{{ no such template }}");
    try (LlamaModel model = LlamaModel.open(BuiltIn.FILE, options)) {
      List<Message> messages = List.of(Message.user("Hello"));
      UserError failure =
          catchThrowableOfType(UserError.class, () -> model.chatTemplate().render(messages));
      assertThat(failure)
          .hasMessage("llama.cpp does not know the chat template {{ no such template }}");
      assertThat(failure.hint()).contains("such as llama3 or chatml");
    }
  }
}
