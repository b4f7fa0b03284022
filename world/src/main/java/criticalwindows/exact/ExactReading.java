package criticalwindows.exact;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.grade.Answer;
import criticalwindows.judge.Refusal;
import criticalwindows.model.FinishReason;
import criticalwindows.outcome.Outcome;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.SoftProportion;
import criticalwindows.world.ExactCurve;
import criticalwindows.world.Option;
import criticalwindows.world.Posterior;
import criticalwindows.world.ProgramDecision;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads an original as a text of its program, token by token.
record ExactReading(WorldText world, Sample original) {
  /// Probabilities that differ by less are the same: what is left of sums in another order.
  private static final double SAME = 1e-9;

  /// The exact side of a finding.
  ///
  /// @param world what it knows of the finding's problem
  static ExactFinding of(CotFinding finding, WorldText world) {
    ExactReading reading = new ExactReading(world, finding.original());
    Optional<String> answer = named(finding.followed());
    if (answer.isEmpty()) {
      return new ExactFinding.Unread();
    }
    Optional<WrittenReply> reply = WrittenReply.read(world.program(), reading.text());
    return reply.isPresent() || reading.begins()
        ? reading.drawn(reply, answer.get(), finding)
        : new ExactFinding.Outside(reading.inside());
  }

  /// An answer as programs name it.
  private static Optional<String> named(Outcome outcome) {
    return switch (outcome) {
      case Answer.Label label -> Optional.of("(" + label.label() + ")");
      case Answer.Value value -> Optional.of("$" + value.show() + "$");
      case Refusal refusal -> Optional.of(refusal.show());
      default -> Optional.empty();
    };
  }

  /// All that the model was given or wrote of the response.
  private String text() {
    return world.begun() + original.text();
  }

  /// Whether it is the beginning of a text of the program that was cut off, and not one that stops
  /// too early.
  private boolean begins() {
    return original.finish() == FinishReason.LENGTH
        && Posterior.of(world.program(), text()).inSupport();
  }

  /// @param reply absent where the text does not come to its end
  private ExactFinding drawn(Optional<WrittenReply> reply, String answer, CotFinding finding) {
    List<Double> curve = curve(answer);
    List<CurveStep> steps = new ArrayList<>();
    for (int kept = 1; kept < curve.size(); kept++) {
      double rise = curve.get(kept) - curve.get(kept - 1);
      if (Math.abs(rise) > SAME) {
        String token = text().substring(characters(kept - 1), characters(kept));
        int at = kept;
        steps.add(new CurveStep(kept, rise, token, reply.map(whole -> decision(whole, at))));
      }
    }
    return new ExactFinding.Drawn(
        curve, steps, cells(finding, curve), earlyAnswers(finding, curve), cutOff(finding));
  }

  private List<Double> curve(String answer) {
    List<Integer> positions = new ArrayList<>();
    for (int kept = 0; kept <= tokens(); kept++) {
      positions.add(characters(kept));
    }
    List<ExactCurve.Point> points =
        ExactCurve.of(world.program(), text(), answer, positions.stream().distinct().toList())
            .points();
    List<Double> curve = new ArrayList<>();
    int at = 0;
    for (int position : positions) {
      at += points.get(at).kept() < position ? 1 : 0;
      // Sums in another order can exceed 1 by their last bits.
      curve.add(Math.min(1, points.get(at).probability()));
    }
    return curve;
  }

  /// The generator knows no limit of tokens: continuations that met it say nothing of it.
  private static List<Cell> cells(CotFinding finding, List<Double> curve) {
    List<Cell> cells = new ArrayList<>();
    for (CotLevel level : cuts(finding)) {
      Proportion same = level.consistent();
      Proportion ended = new Proportion(same.successes(), same.trials() - cutOff(level));
      if (ended.known()) {
        cells.add(new Cell(level.cut().kept(), ended, curve.get(level.cut().kept())));
      }
    }
    return cells;
  }

  private static long cutOff(CotFinding finding) {
    return cuts(finding).stream().mapToLong(ExactReading::cutOff).sum();
  }

  private static long cutOff(CotLevel level) {
    return level.resamples().stream()
        .filter(resample -> resample.outcome() instanceof Answer.CutOff)
        .count();
  }

  /// The different cuts, in order.
  private static List<CotLevel> cuts(CotFinding finding) {
    Map<Integer, CotLevel> cuts = new TreeMap<>();
    finding.levels().forEach(level -> cuts.putIfAbsent(level.cut().kept(), level));
    return List.copyOf(cuts.values());
  }

  private static List<EarlyAnswerCell> earlyAnswers(CotFinding finding, List<Double> curve) {
    List<EarlyAnswerCell> cells = new ArrayList<>();
    for (CotLevel level : cuts(finding)) {
      Map<EarlyAnswerReading, Double> probs = new EnumMap<>(EarlyAnswerReading.class);
      for (EarlyAnswerReading reading : EarlyAnswerReading.values()) {
        SoftProportion read = finding.probability(level, reading);
        if (read.known()) {
          probs.put(reading, read.estimate());
        }
      }
      if (level.early().isPresent() && !probs.isEmpty()) {
        boolean said = level.early().get().same(finding.followed());
        int kept = level.cut().kept();
        cells.add(new EarlyAnswerCell(kept, probs, said, curve.get(kept)));
      }
    }
    return cells;
  }

  /// The last decision that the token settles: the text has left another of its options there.
  /// Where an option writes nothing at once, that is seen in what comes next; and where none is
  /// settled so plainly, it is the last that was begun.
  private ProgramDecision decision(WrittenReply reply, int kept) {
    int from = characters(kept - 1);
    int to = characters(kept);
    ProgramDecision last = reply.decisions().getFirst();
    Optional<ProgramDecision> settled = Optional.empty();
    for (ProgramDecision decision : reply.decisions()) {
      if (decision.offset() < to) {
        last = decision;
        int at = settled(reply.text(), decision);
        settled = from < at && at <= to ? Optional.of(decision) : settled;
      }
    }
    return settled.orElse(last);
  }

  /// So many characters have to be read until a decision's last other option is ruled out.
  private static int settled(String text, ProgramDecision decision) {
    int most = decision.offset() + 1;
    for (int i = 0; i < decision.options().size(); i++) {
      Option option = decision.options().get(i);
      if (i != decision.taken() && option.probability() > 0 && !option.text().isEmpty()) {
        most = Math.max(most, decision.offset() + common(text, decision.offset(), option) + 1);
      }
    }
    return most;
  }

  private static int common(String text, int offset, Option option) {
    int same = 0;
    while (same < option.text().length()
        && offset + same < text.length()
        && text.charAt(offset + same) == option.text().charAt(same)) {
      same++;
    }
    return same;
  }

  /// The most tokens with which a text of the program begins; by halving, for what leaves the
  /// support never comes back.
  private int inside() {
    int inside = 0;
    int outside = tokens() + 1;
    while (outside - inside > 1) {
      int middle = (inside + outside) >>> 1;
      String prefix = text().substring(0, characters(middle));
      if (Posterior.of(world.program(), prefix).inSupport()) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  private int tokens() {
    return original.ends().size();
  }

  /// Characters of the text that so many tokens spell. A character that several tokens spell is
  /// there with the last of them.
  private int characters(int kept) {
    return world.begun().length() + (kept == 0 ? 0 : original.ends().get(kept - 1));
  }
}
