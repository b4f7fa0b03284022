package criticalwindows.exact;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.model.Sampling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The exact side of a whole run; empty where its problems are not of the world.
///
/// @param sampling of the run
/// @param byProblem what is exactly known, by the problem's id, in the run's order
public record ExactStudy(Sampling sampling, Map<String, ExactFinding> byProblem) {
  /// Nothing is exactly known.
  public static final ExactStudy NONE = new ExactStudy(Sampling.PLAIN, Map.of());

  public ExactStudy {
    byProblem = Collections.unmodifiableMap(new LinkedHashMap<>(byProblem));
  }

  /// The exact side of some findings.
  ///
  /// @param texts what the world knows, by the ids of the problems; a finding without it is left
  ///   out
  public static ExactStudy of(
      Sampling sampling, List<CotFinding> findings, Map<String, WorldText> texts) {
    Map<String, ExactFinding> byProblem = new LinkedHashMap<>();
    for (CotFinding finding : findings) {
      WorldText text = texts.get(finding.problem().id());
      if (text != null) {
        byProblem.put(finding.problem().id(), ExactReading.of(finding, text));
      }
    }
    return new ExactStudy(sampling, byProblem);
  }

  /// Whether anything is exactly known.
  public boolean known() {
    return !byProblem.isEmpty();
  }

  /// Whether the run sampled as the generator writes, at temperature 1 and top-p 1: else its curves
  /// are those of another distribution, and a distance says nothing.
  public boolean comparable() {
    return sampling.equals(Sampling.PLAIN);
  }

  /// What is exactly known of a problem.
  public Optional<ExactFinding> of(CotFinding finding) {
    return Optional.ofNullable(byProblem.get(finding.problem().id()));
  }

  /// How many exact curves there are.
  public int drawn() {
    return Math.toIntExact(count(ExactFinding.Drawn.class));
  }

  /// How many originals the generator never writes.
  public int outside() {
    return Math.toIntExact(count(ExactFinding.Outside.class));
  }

  /// How many originals have no readable answer.
  public int unread() {
    return Math.toIntExact(count(ExactFinding.Unread.class));
  }

  private long count(Class<? extends ExactFinding> kind) {
    return byProblem.values().stream().filter(kind::isInstance).count();
  }

  /// How far all measured curves are from the exact ones; without cells where the run is not
  /// [#comparable].
  public Distance distance() {
    List<Cell> cells = new ArrayList<>();
    for (ExactFinding finding : byProblem.values()) {
      if (comparable() && finding instanceof ExactFinding.Drawn drawn) {
        cells.addAll(drawn.cells());
      }
    }
    return Distance.of(cells);
  }

  /// Continuations that met the limit of tokens: the comparison leaves them out.
  public long cutOff() {
    return byProblem.values().stream()
        .mapToLong(finding -> finding instanceof ExactFinding.Drawn drawn ? drawn.cutOff() : 0)
        .sum();
  }

  /// How near the early answers' probabilities come to the exact curves; absent where none were
  /// read. They draw nothing, so it holds whatever the run's sampling.
  public Optional<EarlyAnswerDistance> earlyAnswers(EarlyAnswerReading reading) {
    return EarlyAnswerDistance.of(earlyAnswers(), cell -> cell.apart(reading));
  }

  /// The same of what early answers reply, at those cuts where any probabilities were read.
  public Optional<EarlyAnswerDistance> replies() {
    return EarlyAnswerDistance.of(earlyAnswers(), cell -> OptionalDouble.of(cell.saidApart()));
  }

  private List<List<EarlyAnswerCell>> earlyAnswers() {
    List<List<EarlyAnswerCell>> earlyAnswers = new ArrayList<>();
    for (ExactFinding finding : byProblem.values()) {
      if (finding instanceof ExactFinding.Drawn drawn) {
        earlyAnswers.add(drawn.earlyAnswers());
      }
    }
    return earlyAnswers;
  }
}
