package criticalwindows.corpus;

import criticalwindows.tokenizer.Tokenizer;
import criticalwindows.world.Document;
import criticalwindows.world.Segment;
import criticalwindows.world.Segment.Loss;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Turns documents into token ids, each with the mark [#LEARNED] or without it. Each stretch of a
/// document is tokenised by itself.
final class Encoder {
  /// Set where a token is to be learned.
  static final int LEARNED = 1 << 15;

  private final Tokenizer tokenizer;
  private int[] ids = new int[1024];
  private int length;

  /// @throws IllegalArgumentException if an id would reach into the mark
  Encoder(Tokenizer tokenizer) {
    if (tokenizer.size() > LEARNED) {
      throw new IllegalArgumentException(tokenizer.size() + " tokens, more than " + LEARNED);
    }
    this.tokenizer = tokenizer;
  }

  /// The ids of a document.
  ///
  /// @param random cuts its early answer, if it has one
  int[] encode(Document document, RandomGenerator random) {
    length = 0;
    for (Segment segment : document.segments()) {
      int mark = segment.loss() == Loss.FULL ? LEARNED : 0;
      switch (segment.kind()) {
        case CONTROL -> append(mark, tokenizer.id(segment.text()));
        case TEXT -> append(mark, tokenizer.encode(segment.text()));
        case EARLY -> {
          int[] whole = tokenizer.encode(segment.text());
          append(mark, Arrays.copyOf(whole, random.nextInt(whole.length)));
        }
      }
    }
    return Arrays.copyOf(ids, length);
  }

  private void append(int mark, int... some) {
    if (length + some.length > ids.length) {
      ids = Arrays.copyOf(ids, 2 * (length + some.length));
    }
    for (int id : some) {
      ids[length++] = id | mark;
    }
  }
}
