package criticalwindows.reading;

import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What was found in a file of texts.
///
/// @param layout of the file, by its name
/// @param traces the texts, in its order
/// @param notes what people should know: how many were left out and why, and what was put together
public record Texts(String layout, List<Trace> traces, List<String> notes) {
  /// Values that grade a response and do not say what it came to.
  private static final Pattern GRADE = Pattern.compile("[CIPN]|true|false|-?[0-9][0-9.eE+-]*");

  public Texts {
    traces = List.copyOf(traces);
    notes = List.copyOf(notes);
  }

  /// The same without recorded outcomes that are grades, such as C and I: only a program that
  /// grades has outcomes to be compared with them. A file of our own layout has outcomes, whatever
  /// their names.
  public Texts withoutGrades() {
    TreeSet<String> recorded = new TreeSet<>();
    traces.forEach(trace -> trace.outcome().ifPresent(recorded::add));
    if (layout.equals(LinesLayout.NAME)
        || recorded.isEmpty()
        || !recorded.stream().allMatch(value -> GRADE.matcher(value).matches())) {
      return this;
    }
    List<String> more = new ArrayList<>(notes);
    more.add(
        "the file's scores, such as "
            + recorded.first()
            + ", grade the responses; only the outcomes of a program: are compared with them");
    return new Texts(
        layout,
        traces.stream()
            .map(
                trace ->
                    new Trace(
                        trace.place(),
                        trace.id(),
                        trace.before(),
                        trace.source(),
                        trace.finish(),
                        Optional.empty(),
                        trace.family()))
            .toList(),
        more);
  }
}
