package criticalwindows.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// Turns plain text into token ids as a model's `tokenizer.json` says. Any number of threads may
/// use one.
public final class Tokenizer {
  private static final Cleaner CLEANER = Cleaner.create();

  private final TokenizerFile file;
  private final TokenizersLibrary library;
  private final long handle;

  private Tokenizer(TokenizerFile file, TokenizersLibrary library, long handle) {
    this.file = file;
    this.library = library;
    this.handle = handle;
    CLEANER.register(this, () -> library.deleteTokenizer(handle));
  }

  /// The tokenizer of a file, or of a folder's `tokenizer.json`.
  ///
  /// @throws UserError if it is missing, damaged, or says what cannot be
  public static Tokenizer read(Path path) {
    Path file = Files.isRegularFile(path) ? path : path.resolve("tokenizer.json");
    TokenizerFile read = TokenizerFile.read(file);
    TokenizersLibrary library = NativeTokenizers.library();
    try {
      requireText(file, read.seams(), library);
      return new Tokenizer(read, library, library.createTokenizerFromString(read.plainJson()));
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) {
      throw DamagedFile.of(file.toString(), "cannot be used: " + Reason.of(e), e);
    }
  }

  /// The library ends the process where it looks for a token of which its own steps leave nothing.
  private static void requireText(Path file, TokenizerFile.Seams seams, TokenizersLibrary library) {
    if (seams.names().isEmpty()) {
      return;
    }
    long handle = library.createTokenizerFromString(seams.json());
    try {
      for (String name : seams.names()) {
        if (ids(library, handle, name).length == 0) {
          throw DamagedFile.of(
              file.toString(), "has an added token that its own normalizer takes away: " + name);
        }
      }
    } finally {
      library.deleteTokenizer(handle);
    }
  }

  /// The number of ids; every id is in [0, size).
  public int size() {
    return file.pieces().size();
  }

  /// The id of a control token by its name.
  ///
  /// @throws UserError if there is none
  public int id(String name) {
    Integer id = file.controls().get(name);
    if (id == null) {
      throw new UserError("the vocabulary has no token " + name, DamagedFile.HINT);
    }
    return id;
  }

  /// The tokens that no text becomes, by name: those that the file calls special.
  public Map<String, Integer> controls() {
    return file.controls();
  }

  /// The bytes that a token adds to a text; those of its name for a control token, and none for an
  /// id that stands for nothing.
  public byte[] piece(int id) {
    return file.pieces().get(id).clone();
  }

  /// The ids of a text; whatever it says, none of them is a control token, but for the one that the
  /// file may name for what its vocabulary has no token for.
  ///
  /// @throws UserError if the file has no way to write it
  public int[] encode(String text) {
    // Half a surrogate pair becomes a question mark, as everywhere that text becomes bytes.
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    try {
      return ids(library, handle, whole);
    } catch (RuntimeException e) {
      throw DamagedFile.of("the tokenizer", "cannot write a text: " + Reason.of(e), e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private static int[] ids(TokenizersLibrary library, long handle, String text) {
    long encoding = library.encode(handle, text, false);
    try {
      return Arrays.stream(library.getTokenIds(encoding)).mapToInt(Math::toIntExact).toArray();
    } finally {
      library.deleteEncoding(encoding);
    }
  }
}
