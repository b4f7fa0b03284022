package criticalwindows.vectors;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.activation.WantedText;
import java.util.ArrayList;
import java.util.List;

/// What is to be read, and how it is kept.
///
/// @param hooks at least one, none twice
/// @param width of a vector
/// @param texts in the order in which they are read; at least one, no id twice
/// @param parts texts of each file, in their order; all of them
public record ExtractionPlan(
    Subject subject,
    List<HookPoint> hooks,
    int width,
    Keeping keeping,
    List<WantedText> texts,
    List<Integer> parts) {
  private static final long PART_BYTES = 32L << 20;
  private static final int PART_TEXTS = 64;

  /// What a row takes beside its vectors: its text, its place and its token.
  private static final int INDEX_BYTES = 3 * Long.BYTES;

  /// What is read.
  ///
  /// @param model by its name
  /// @param sha256 of its file; empty where nobody knows
  /// @param reader what computed the vectors, such as the engine with its version
  /// @param source of the texts, for people
  /// @param places by their name
  public record Subject(String model, String sha256, String reader, String source, String places) {}

  /// How it is kept.
  ///
  /// @param format of the files, by its name
  public record Keeping(String format, Precision precision) {}

  public ExtractionPlan {
    hooks = List.copyOf(hooks);
    texts = List.copyOf(texts);
    parts = List.copyOf(parts);
    if (hooks.isEmpty() || texts.isEmpty() || width < 1) {
      throw new IllegalArgumentException("nothing to read");
    }
    if (texts.stream().map(WantedText::id).distinct().count() < texts.size()) {
      throw new IllegalArgumentException("an id twice");
    }
    if (parts.stream().mapToInt(part -> part).sum() != texts.size()) {
      throw new IllegalArgumentException("parts " + parts + " of " + texts.size() + " texts");
    }
  }

  /// A plan whose files have some texts each: as many as fit 32 MiB, at most 64, at least one.
  ///
  /// @param width of a vector
  public static ExtractionPlan of(
      Subject subject, List<HookPoint> hooks, int width, Content content) {
    List<Integer> parts = new ArrayList<>();
    long bytes = 0;
    int texts = 0;
    for (WantedText text : content.texts) {
      long own = (long) text.kept().size() * row(hooks.size(), width, content.keeping);
      if (texts > 0 && (texts == PART_TEXTS || bytes + own > PART_BYTES)) {
        parts.add(texts);
        texts = 0;
        bytes = 0;
      }
      texts++;
      bytes += own;
    }
    parts.add(texts);
    return new ExtractionPlan(subject, hooks, width, content.keeping, content.texts, parts);
  }

  /// The texts, and how their vectors are kept.
  public record Content(List<WantedText> texts, Keeping keeping) {
    public Content {
      texts = List.copyOf(texts);
    }
  }

  private static long row(int hooks, int width, Keeping keeping) {
    return (long) hooks * width * keeping.precision.bytes() + INDEX_BYTES;
  }

  /// Places of all texts.
  public long places() {
    return places(0, texts.size());
  }

  /// Tokens of all texts, prompt and response.
  public long tokens() {
    return texts.stream().mapToLong(text -> text.prompt().size() + text.response().size()).sum();
  }

  /// What the files come to take on the disk, without their headers.
  public long bytes() {
    return places() * row(hooks.size(), width, keeping);
  }

  /// The most that the vectors of one file take in memory.
  public long partBytes() {
    long most = 0;
    for (int part = 0; part < parts.size(); part++) {
      most = Math.max(most, places(first(part), first(part) + parts.get(part)));
    }
    return most * hooks.size() * width * Float.BYTES;
  }

  /// Tokens of the longest text, up to its last place.
  public int longest() {
    return texts.stream().mapToInt(text -> text.read().size()).max().orElseThrow();
  }

  private long places(int from, int to) {
    return texts.subList(from, to).stream().mapToLong(text -> text.kept().size()).sum();
  }

  /// The first text of a part.
  int first(int part) {
    return parts.subList(0, part).stream().mapToInt(each -> each).sum();
  }

  /// The places of a part, in the order of its rows.
  List<Place> placesOf(int part) {
    List<Place> places = new ArrayList<>();
    for (int i = first(part); i < first(part) + parts.get(part); i++) {
      WantedText text = texts.get(i);
      for (int kept : text.kept()) {
        places.add(new Place(i, kept, text.read().at(text.position(kept))));
      }
    }
    return places;
  }

  /// The texts as sets of activations know them.
  List<ActivationSet.Text> known() {
    return texts.stream().map(WantedText::text).toList();
  }
}
