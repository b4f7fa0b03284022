package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A source that writes one text: along a path as far as that goes, then by chance.
final class ProgramSampler implements ProgramSource {
  private final RandomGenerator random;
  private final Path path;
  private final StringBuilder text = new StringBuilder();
  private final List<ProgramDecision> decisions = new ArrayList<>();
  private int calls;

  ProgramSampler(RandomGenerator random, Path path) {
    this.random = random;
    this.path = path;
  }

  @Override
  public void write(String written) {
    text.append(written);
  }

  @Override
  public void surface(String... wordings) {
    int settled = path.wording(calls++, text.length());
    text.append(wordings[settled < 0 ? random.nextInt(wordings.length) : settled]);
  }

  @Override
  public int decide(String name, List<Option> options) {
    int settled = path.decision(calls++);
    int taken = settled < 0 ? ProblemDraw.option(random, options) : settled;
    decisions.add(new ProgramDecision(text.length(), name, options, taken));
    text.append(options.get(taken).text());
    return taken;
  }

  /// What was written.
  String text() {
    return text.toString();
  }

  /// The decisions so far, in order.
  List<ProgramDecision> decisions() {
    return decisions;
  }
}
