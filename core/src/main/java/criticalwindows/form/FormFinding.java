package criticalwindows.form;

import criticalwindows.dataset.Problem;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the samples of one form say.
///
/// @param prompt the form
/// @param counts of the texts that were sampled whole
/// @param reasons why texts left the form, with how many for each
/// @param outside a text that left the form, to look at; absent where none did
/// @param target the combination whose staircase this is; absent while no text has completed the
///   form
/// @param text the target's text, given and scored; absent while it is not
/// @param scored every combination; absent where that cannot be, or is not yet
/// @param steps of the staircase, in order; empty while there is no text
public record FormFinding(
    FormPrompt prompt,
    FormCounts counts,
    Map<String, Long> reasons,
    Optional<String> outside,
    Optional<Combination> target,
    Optional<Sample> text,
    Optional<ScoredForm> scored,
    List<Step> steps) {
  public FormFinding {
    reasons = Map.copyOf(reasons);
    steps = List.copyOf(steps);
  }

  /// P(the text becomes the target), at one cut of the target's text.
  ///
  /// @param kept tokens of it
  /// @param made choices that stand in them
  /// @param conditioned of the texts with the same first choices, those that are the target
  /// @param begun of the continuations, those whose first choices are the target's: none of them
  ///   asked for, the first, … all; empty where there are no continuations
  /// @param exact by scores, where every combination has one
  public record Step(
      int kept,
      int made,
      Proportion conditioned,
      List<Proportion> begun,
      Optional<ScoredForm.Value> exact) {
    public Step {
      begun = List.copyOf(begun);
    }

    /// Of the continuations, those that became the target and stayed in the form.
    public Proportion resampled() {
      return begun.isEmpty() ? Proportion.NONE : begun.getLast();
    }

    /// Whether no two of the three ways contradict each other: their intervals meet.
    ///
    /// @param level of the intervals, in (0, 1)
    public boolean agree(double level) {
      Interval one = conditioned.wilson(level);
      Interval two = resampled().wilson(level);
      return meet(one, two)
          && exact
              .map(value -> meet(one, value.bounds()) && meet(two, value.bounds()))
              .orElse(true);
    }

    private static boolean meet(Interval one, Interval other) {
      return one.low() <= other.high() && other.low() <= one.high();
    }
  }

  /// Whether every combination of a form is scored.
  public static boolean scorable(FormPrompt prompt, FormSettings settings) {
    return settings.plain() && prompt.combinations() <= FormScripts.MOST_COMBINATIONS;
  }

  /// The finding of one form.
  ///
  /// @param samples all rows of the problem that there are
  public static FormFinding of(Problem problem, List<Sample> samples, FormSettings settings) {
    return new Reader(FormPrompt.parse(problem.question()), samples, settings).finding();
  }

  /// The tokens kept before, at the end of and behind each choice of the target's text, and none.
  public List<Integer> cuts() {
    TreeSet<Integer> cuts = new TreeSet<>(List.of(0));
    for (int blank = 0; text.isPresent() && blank < prompt.blanks().size(); blank++) {
      cuts.add(before(blank));
      cuts.add(end(blank));
      cuts.add(behind(blank));
    }
    return List.copyOf(cuts);
  }

  /// The most tokens of the target's text that hold nothing of a choice.
  ///
  /// @param blank the choice, from 0
  public int before(int blank) {
    int from = prompt.place(target.orElseThrow(), blank).getFirst();
    return (int) text.orElseThrow().ends().stream().filter(end -> end <= from).count();
  }

  /// The fewest tokens of the target's text that hold all of a choice.
  ///
  /// @param blank the choice, from 0
  private int end(int blank) {
    int to = prompt.place(target.orElseThrow(), blank).getLast();
    return 1 + (int) text.orElseThrow().ends().stream().filter(end -> end < to).count();
  }

  /// The first cut of the target's text at which a choice is made: all of it is there, and no other
  /// option can still come. Where its word begins another option (cat/catfish), that is before the
  /// next choice or later; behind the last choice, at the text's end.
  ///
  /// @param blank the choice, from 0
  public int behind(int blank) {
    int last = prompt.blanks().size() - 1;
    int end = end(blank);
    if (open(blank, end).size() == 1) {
      return end;
    }
    if (blank == last) {
      return text.orElseThrow().tokens().size();
    }
    int next = before(blank + 1);
    return next >= end && open(blank, next).size() == 1 ? next : behind(blank + 1);
  }

  /// The options that can still come of so many tokens of the target's text, the target's own among
  /// them.
  private List<Integer> open(int blank, int kept) {
    String whole = text.orElseThrow().text();
    String written = kept == 0 ? "" : whole.substring(0, text.orElseThrow().ends().get(kept - 1));
    List<Integer> place = prompt.place(target.orElseThrow(), blank);
    List<Integer> open = new ArrayList<>();
    List<FormBlank.Option> options = prompt.blanks().get(blank).options();
    for (int i = 0; i < options.size(); i++) {
      boolean own = target.orElseThrow().taken().get(blank) == i;
      boolean can =
          options.get(i).spellings().stream()
              .map(s -> whole.substring(0, place.getFirst()) + s + whole.substring(place.getLast()))
              .anyMatch(other -> other.startsWith(written));
      if (own || can) {
        open.add(i);
      }
    }
    return open;
  }

  /// The level of each interval at which all of them together hold with probability .95
  /// (Bonferroni): three ways are compared at every cut.
  public double jointLevel() {
    return 1 - .05 / Math.max(1, 2 * steps.size());
  }

  /// Reads the rows of one form.
  private record Reader(FormPrompt prompt, List<Sample> samples, FormSettings settings) {
    FormFinding finding() {
      FormReader reader = new FormReader(prompt);
      List<FormReading> readings = new ArrayList<>();
      Optional<String> outside = Optional.empty();
      for (Sample sample : samples) {
        if (sample.key().is(Arm.ORIGINAL)) {
          FormReading reading = reader.read(sample.text());
          readings.add(reading);
          if (outside.isEmpty() && reading instanceof FormReading.Left) {
            outside = Optional.of(sample.text());
          }
        }
      }
      FormFinding bare =
          new FormFinding(
              prompt,
              FormCounts.of(readings),
              FormCounts.reasons(readings),
              outside,
              target(readings),
              Optional.empty(),
              scored(),
              List.of());
      return bare.target.flatMap(this::given).map(text -> steps(bare, text)).orElse(bare);
    }

    private Optional<Combination> target(List<FormReading> readings) {
      if (!settings.target().isEmpty()) {
        return Optional.of(prompt.combination(settings.target()));
      }
      return readings.stream()
          .filter(FormReading.Filled.class::isInstance)
          .map(FormReading::choices)
          .findFirst();
    }

    private Optional<Sample> given(Combination target) {
      String text = prompt.filled(target);
      return samples.stream()
          .filter(row -> row.key().is(Arm.GIVEN) && row.text().equals(text))
          .findFirst();
    }

    private Optional<ScoredForm> scored() {
      if (!scorable(prompt, settings)) {
        return Optional.empty();
      }
      Map<String, Sample> rows = new TreeMap<>();
      samples.stream()
          .filter(row -> row.key().is(Arm.GIVEN))
          .forEach(row -> rows.put(row.text(), row));
      List<ScoredForm.Scored> scored = new ArrayList<>();
      for (Combination choices : prompt.all()) {
        Optional.ofNullable(rows.get(prompt.filled(choices)))
            .map(row -> new ScoredForm.Scored(choices, row.tokens(), row.logProbs()))
            .ifPresent(scored::add);
      }
      boolean whole = scored.size() == prompt.combinations();
      return whole ? Optional.of(new ScoredForm(scored)) : Optional.empty();
    }

    private FormFinding steps(FormFinding bare, Sample text) {
      FormFinding placed = with(bare, text, List.of());
      Combination target = placed.target.orElseThrow();
      Map<Integer, List<FormReading>> continued = continued(text);
      List<Step> steps = new ArrayList<>();
      for (int kept : placed.cuts()) {
        int made = 0;
        while (made < target.size() && placed.behind(made) <= kept) {
          made++;
        }
        steps.add(
            new Step(
                kept,
                made,
                conditioned(placed, kept, made),
                begun(continued.getOrDefault(kept, List.of()), target),
                bare.scored.map(scored -> scored.value(target, kept))));
      }
      return with(bare, text, steps);
    }

    private static FormFinding with(FormFinding bare, Sample text, List<Step> steps) {
      return new FormFinding(
          bare.prompt,
          bare.counts,
          bare.reasons,
          bare.outside,
          bare.target,
          Optional.of(text),
          bare.scored,
          steps);
    }

    /// Of the texts that can begin like the tokens kept, the ones that are the target. A cut right
    /// before a choice is reached by those texts alone that have come so far, one within a choice
    /// by those whose option can still come, one behind the last sentence by those in the form.
    private static Proportion conditioned(FormFinding placed, int kept, int made) {
      Combination target = placed.target.orElseThrow();
      boolean all = made == target.size();
      if (!all && kept >= placed.end(made)) {
        return placed.counts.conditioned(target, made, placed.open(made, kept));
      }
      boolean further =
          all ? kept == placed.text.orElseThrow().tokens().size() : kept >= placed.before(made);
      return placed.counts.conditioned(target, made, further && kept > 0 ? made + 1 : made);
    }

    private Map<Integer, List<FormReading>> continued(Sample text) {
      FormReader reader = new FormReader(prompt);
      Map<Integer, List<FormReading>> continued = new TreeMap<>();
      for (Sample sample : samples) {
        if (sample.key().is(Arm.RESAMPLE)) {
          int kept = sample.key().kept();
          int from = kept == 0 ? 0 : text.ends().get(kept - 1);
          String whole = text.text().substring(0, from) + sample.text();
          continued.computeIfAbsent(kept, at -> new ArrayList<>()).add(reader.read(whole));
        }
      }
      return continued;
    }

    private static List<Proportion> begun(List<FormReading> readings, Combination target) {
      List<Proportion> begun = new ArrayList<>();
      for (int made = 0; made < target.size() && !readings.isEmpty(); made++) {
        Combination first = target.first(made);
        long same = readings.stream().filter(r -> r.choices().startsWith(first)).count();
        begun.add(new Proportion(same, readings.size()));
      }
      FormReading whole = new FormReading.Filled(target);
      long same = readings.stream().filter(whole::equals).count();
      if (!readings.isEmpty()) {
        begun.add(new Proportion(same, readings.size()));
      }
      return begun;
    }
  }
}
