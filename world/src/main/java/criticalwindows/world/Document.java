package criticalwindows.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A prompt, or a whole training document, in stretches that say what is a control token and what
/// is to be learned.
///
/// @param segments in order
public record Document(List<Segment> segments) {
  public Document {
    segments = List.copyOf(segments);
  }

  static Document of(Segment... segments) {
    return new Document(List.of(segments));
  }

  Document plus(Document other) {
    List<Segment> all = new ArrayList<>(segments);
    all.addAll(other.segments);
    return new Document(all);
  }

  Document plus(Segment... others) {
    List<Segment> all = new ArrayList<>(segments);
    Collections.addAll(all, others);
    return new Document(all);
  }

  /// All of it, control tokens by their names.
  public String text() {
    StringBuilder text = new StringBuilder();
    segments.forEach(segment -> text.append(segment.text()));
    return text.toString();
  }
}
