package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The vocabulary of a model file. Every token's bytes are copied out once, so that decoding is
/// plain Java: the text of two pieces is the text of the whole.
final class LlamaVocabulary implements Vocabulary {
  private final Llama llama;
  private final Weights weights;
  private final byte[][] pieces;
  private final Map<String, Integer> controls;
  private final Map<Integer, String> names = new TreeMap<>();
  private final OptionalInt begin;
  private final Set<Integer> stops;

  LlamaVocabulary(Weights weights) {
    this.weights = weights;
    llama = weights.llama();
    MemorySegment vocabulary = weights.vocabulary();
    int size = llama.vocabularyInt("llama_vocab_n_tokens", vocabulary);
    pieces = pieces(vocabulary, size);
    boolean[] control = llama.tokenFlags("llama_vocab_is_control", vocabulary, size);
    for (int id = 0; id < size; id++) {
      if (control[id]) {
        names.put(id, llama.tokenText(vocabulary, id));
      }
    }
    Map<String, Integer> byName = new TreeMap<>();
    names.forEach((id, name) -> byName.putIfAbsent(name, id));
    controls = Collections.unmodifiableMap(byName);
    stops = stops(llama.tokenFlags("llama_vocab_is_eog", vocabulary, size));
    begin = begin(vocabulary);
  }

  private byte[][] pieces(MemorySegment vocabulary, int size) {
    byte[][] all = new byte[size][];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(256);
      for (int id = 0; id < size; id++) {
        int length = llama.tokenToPiece(vocabulary, id, buffer);
        if (length < 0) {
          buffer = arena.allocate(-length);
          length = llama.tokenToPiece(vocabulary, id, buffer);
        }
        all[id] = buffer.asSlice(0, length).toArray(JAVA_BYTE);
      }
    }
    return all;
  }

  private static Set<Integer> stops(boolean[] ends) {
    Set<Integer> stops = new TreeSet<>();
    for (int id = 0; id < ends.length; id++) {
      if (ends[id]) {
        stops.add(id);
      }
    }
    return Collections.unmodifiableSet(stops);
  }

  /// Some files name a begin-of-text token that the model never saw; so it counts only where the
  /// tokenizer adds it or the chat template writes it.
  private OptionalInt begin(MemorySegment vocabulary) {
    int id = llama.vocabularyInt("llama_vocab_bos", vocabulary);
    if (id < 0 || id >= size() || weights.metadata("tokenizer.ggml.bos_token_id").isEmpty()) {
      return OptionalInt.empty();
    }
    String template = weights.chatTemplate();
    boolean used =
        llama.vocabularyFlag("llama_vocab_get_add_bos", vocabulary)
            || template.contains("bos_token")
            || template.contains(show(id));
    return used ? OptionalInt.of(id) : OptionalInt.empty();
  }

  @Override
  public int size() {
    return pieces.length;
  }

  @Override
  public Tokens encode(String text) {
    if (text.isEmpty()) {
      return Tokens.none();
    }
    MemorySegment vocabulary = weights.vocabulary();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocateFrom(JAVA_BYTE, bytes);
      MemorySegment ids = arena.allocate(JAVA_INT, bytes.length + 2L);
      int count = llama.tokenize(vocabulary, source, bytes.length, ids);
      if (count < 0) {
        ids = arena.allocate(JAVA_INT, -count);
        count = llama.tokenize(vocabulary, source, bytes.length, ids);
      }
      return Tokens.of(ids.asSlice(0, count * JAVA_INT.byteSize()).toArray(JAVA_INT));
    }
  }

  @Override
  public String decode(Tokens tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * tokens.size());
    tokens.stream().forEach(id -> bytes.writeBytes(pieces[id]));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String show(int id) {
    String name = names.get(id);
    return name == null ? new String(pieces[id], StandardCharsets.UTF_8) : name;
  }

  @Override
  public byte[] piece(int id) {
    return pieces[id].clone();
  }

  @Override
  public Map<String, Integer> controls() {
    return controls;
  }

  @Override
  public OptionalInt begin() {
    return begin;
  }

  @Override
  public Set<Integer> stops() {
    return stops;
  }
}
