package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns plain text into token ids as a model's `tokenizer.json` says: text is split by a pattern,
/// and in each word the pair of neighbours that was merged first in training is merged first, until
/// none is left. Any number of threads may use one.
///
/// *Source:* Sennrich, Haddow and Birch (2016), algorithm 1; on bytes: Radford et al. (2019),
/// section 2.2.
public final class Tokenizer {
  /// Words beyond this many are not remembered.
  private static final int REMEMBERED = 1 << 16;

  private static final char[] LETTERS = letters();

  private final BytePairs vocabulary;
  private final Pattern words;
  private final boolean wordsFirst;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Long, Merge> merges = new HashMap<>();
  private final Map<String, int[]> known = new ConcurrentHashMap<>();

  /// What two neighbours become.
  ///
  /// @param rank of the merge, the earliest being 0
  /// @param id of the token that they become
  private record Merge(int rank, int id) {}

  private Tokenizer(BytePairs vocabulary) {
    this.vocabulary = vocabulary;
    words = Pattern.compile(PreTokenizer.pattern(vocabulary.pre()));
    wordsFirst = PreTokenizer.wordsFirst(vocabulary.pre());
    List<String> tokens = vocabulary.tokens();
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    for (int rank = 0; rank < vocabulary.merges().size(); rank++) {
      String merge = vocabulary.merges().get(rank);
      int space = merge.indexOf(' ');
      String left = merge.substring(0, space);
      String right = merge.substring(space + 1);
      merges.put(pair(id(left), id(right)), new Merge(rank, id(left + right)));
    }
  }

  /// The tokenizer of a folder's `tokenizer.json`.
  ///
  /// @throws UserError if it is missing, damaged, or of another kind than byte-level pairs
  public static Tokenizer read(Path folder) {
    return new Tokenizer(BytePairs.read(folder));
  }

  /// The number of tokens.
  public int size() {
    return vocabulary.tokens().size();
  }

  /// The id of a token by its name, such as a control token, which no text becomes.
  ///
  /// @throws UserError if there is none
  public int id(String name) {
    Integer id = ids.get(name);
    if (id == null) {
      throw new UserError(
          "the vocabulary has no token " + name, "use the tokenizer.json as it was saved");
    }
    return id;
  }

  /// The tokens that no text becomes, by name.
  public Map<String, Integer> controls() {
    Map<String, Integer> controls = new TreeMap<>();
    vocabulary
        .added()
        .forEach(
            (id, kind) -> {
              if (kind == BytePairs.Kind.CONTROL) {
                controls.put(vocabulary.tokens().get(id), id);
              }
            });
    return controls;
  }

  /// The bytes that a token stands for; those of its name for one that was added.
  public byte[] piece(int id) {
    String token = vocabulary.tokens().get(id);
    if (vocabulary.added().containsKey(id)) {
      return token.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(token.length());
    token.chars().forEach(letter -> bytes.write(byteOf((char) letter)));
    return bytes.toByteArray();
  }

  private static int byteOf(char letter) {
    for (int value = 0; value < LETTERS.length; value++) {
      if (LETTERS[value] == letter) {
        return value;
      }
    }
    throw new UserError(
        "the vocabulary has the letter " + letter + ", which stands for no byte",
        "use the tokenizer.json as it was saved");
  }

  /// The ids of a text; whatever it says, none of them is a control token.
  public int[] encode(String text) {
    int[] all = new int[text.length() / 2 + 8];
    int count = 0;
    Matcher word = words.matcher(text);
    while (word.find()) {
      int[] some = word(word.group());
      if (count + some.length > all.length) {
        all = Arrays.copyOf(all, 2 * (count + some.length));
      }
      System.arraycopy(some, 0, all, count, some.length);
      count += some.length;
    }
    return Arrays.copyOf(all, count);
  }

  private int[] word(String word) {
    int[] remembered = known.get(word);
    if (remembered != null) {
      return remembered;
    }
    int whole = wordsFirst ? ids.getOrDefault(letters(word), -1) : -1;
    int[] merged = whole < 0 ? merged(word) : new int[] {whole};
    if (known.size() < REMEMBERED) {
      known.put(word, merged);
    }
    return merged;
  }

  private static String letters(String word) {
    StringBuilder letters = new StringBuilder();
    for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
      letters.append(LETTERS[value & 0xFF]);
    }
    return letters.toString();
  }

  private int[] merged(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    int[] parts = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      parts[i] = id(String.valueOf(LETTERS[bytes[i] & 0xFF]));
    }
    int count = parts.length;
    while (true) {
      int place = -1;
      Merge best = new Merge(Integer.MAX_VALUE, -1);
      for (int i = 0; i + 1 < count; i++) {
        Merge merge = merges.get(pair(parts[i], parts[i + 1]));
        if (merge != null && merge.rank < best.rank) {
          best = merge;
          place = i;
        }
      }
      if (place < 0) {
        return Arrays.copyOf(parts, count);
      }
      parts[place] = best.id;
      count--;
      System.arraycopy(parts, place + 2, parts, place + 1, count - place - 1);
    }
  }

  private static long pair(int left, int right) {
    return ((long) left << 32) | right;
  }

  /// How each byte is written in a vocabulary: as itself where that can be seen, else as a letter
  /// from 256 on.
  ///
  /// *Source:* `bytes_to_unicode` of GPT-2.
  private static char[] letters() {
    char[] letters = new char[256];
    char next = 256;
    for (int value = 0; value < 256; value++) {
      boolean seen =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      letters[value] = seen ? (char) value : next++;
    }
    return letters;
  }
}
