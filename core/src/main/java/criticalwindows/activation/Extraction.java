package criticalwindows.activation;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads the activations of many texts, and computes no token twice. The texts are read in the
/// order of their token ids, so that what a text shares with any before it, it shares with the one
/// just before; that is kept. A place within a shared beginning is read once, when it is computed,
/// for all texts that want it.
public final class Extraction {
  private final ActivationReader reader;
  private final TreeMap<Integer, float[]> held = new TreeMap<>();
  private Tokens last = Tokens.none();
  private long computed;

  /// @param reader whose sequence 0 is empty
  public Extraction(ActivationReader reader) {
    this.reader = reader;
  }

  /// Takes what was read.
  @FunctionalInterface
  public interface Sink {
    /// Takes the vectors of a text.
    ///
    /// @param text its place in the list
    /// @param vectors for each of its places, of shape [hook points × width]; not to be changed:
    ///   other texts can have the same ones
    void take(int text, float[][] vectors);
  }

  /// Texts in the order in which they are read.
  public static List<WantedText> sorted(List<WantedText> texts) {
    IdentityHashMap<WantedText, int[]> ids = new IdentityHashMap<>();
    texts.forEach(text -> ids.put(text, text.read().toArray()));
    List<WantedText> sorted = new ArrayList<>(texts);
    sorted.sort(Comparator.comparing(ids::get, Arrays::compare));
    return List.copyOf(sorted);
  }

  /// Reads texts.
  ///
  /// @param texts as [#sorted] has them
  /// @throws UserError if one is longer than the reader can hold
  /// @throws InterruptedException if the thread is interrupted; the reader's sequence is empty then
  public void read(List<WantedText> texts, Sink sink) throws InterruptedException {
    require(texts);
    List<int[]> needed = needed(texts);
    for (int i = 0; i < texts.size(); i++) {
      WantedText text = texts.get(i);
      read(text.read(), needed.get(i));
      float[][] vectors =
          text.kept().stream().map(text::position).map(held::get).toArray(float[][]::new);
      keep(i + 1 < texts.size() ? needed.get(i + 1) : new int[0]);
      sink.take(i, vectors);
    }
  }

  /// Tokens that were computed.
  public long computed() {
    return computed;
  }

  private void require(List<WantedText> texts) {
    int most = reader.contextLength();
    for (WantedText text : texts) {
      int length = text.position(text.kept().getLast()) + 1;
      if (length > most) {
        throw new UserError(
            "the text "
                + text.id()
                + " has "
                + length
                + " tokens up to its last place, and "
                + most
                + " can be read",
            "leave it out, or use a model with a longer context");
      }
    }
  }

  /// The places of each text that it wants itself, or a later one that begins with the same tokens.
  private static List<int[]> needed(List<WantedText> texts) {
    List<int[]> needed = new ArrayList<>();
    TreeSet<Integer> after = new TreeSet<>();
    Tokens next = Tokens.none();
    for (WantedText text : texts.reversed()) {
      Tokens read = text.read();
      TreeSet<Integer> own = new TreeSet<>(after.headSet(read.commonPrefix(next)));
      text.kept().forEach(place -> own.add(text.position(place)));
      needed.add(own.stream().mapToInt(place -> place).toArray());
      after = own;
      next = read;
    }
    return needed.reversed();
  }

  private void read(Tokens text, int[] needed) throws InterruptedException {
    int shared = text.commonPrefix(last);
    reader.trim(0, shared);
    held.tailMap(shared).clear();
    int[] fresh = Arrays.stream(needed).filter(place -> place >= shared).toArray();
    if (shared < text.size()) {
      last = Tokens.none();
      Tokens next = text.slice(shared, text.size());
      int[] wanted = Arrays.stream(fresh).map(place -> place - shared).toArray();
      float[][] found = reader.read(0, next, wanted);
      for (int i = 0; i < fresh.length; i++) {
        held.put(fresh[i], found[i]);
      }
      computed += next.size();
    }
    last = text;
  }

  /// Forgets vectors that the next text does not need.
  private void keep(int[] needed) {
    Set<Integer> later = new HashSet<>();
    Arrays.stream(needed).forEach(later::add);
    held.keySet().retainAll(later);
  }
}
