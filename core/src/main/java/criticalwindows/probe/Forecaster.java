package criticalwindows.probe;

/// Applies a fit to rows. Rows of a text that come one after the other are read in one go.
final class Forecaster {
  private final Evidence evidence;
  private final float[][] vectors;
  private final ProbeNumbers numbers;
  private int first = -1;
  private int last = -1;
  private double[] state = {};

  Forecaster(Evidence evidence, float[][] vectors, ProbeNumbers numbers) {
    this.evidence = evidence;
    this.vectors = vectors;
    this.numbers = numbers;
  }

  /// The logits of a row.
  double[] logits(int row) {
    ProbeKind kind = evidence.kind();
    Evidence.Span span = evidence.spans().get(row);
    if (kind.reads() == Probe.Reads.LAST_TOKEN) {
      return kind.logits(kind.first(numbers.of(vectors[span.last()])));
    }
    if (span.first() != first || span.last() < last) {
      first = span.first();
      last = first;
      state = kind.first(numbers.of(vectors[first]));
    }
    while (last < span.last()) {
      last++;
      state = kind.next(state, numbers.of(vectors[last]));
    }
    return kind.logits(state);
  }
}
