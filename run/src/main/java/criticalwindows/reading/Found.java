package criticalwindows.reading;

import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is found in a file, text by text, with a count of what was left out and why.
final class Found {
  private static final int PLACES = 3;

  private final List<Trace> traces = new ArrayList<>();
  private final Map<String, List<String>> left = new LinkedHashMap<>();
  private final Map<String, List<String>> remarks = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private int seen;

  /// Takes a text, or leaves it out.
  ///
  /// @param reader throws [Unusable] where it is to be left out
  void text(String place, Supplier<Trace> reader) {
    seen++;
    try {
      traces.add(reader.get());
    } catch (Unusable e) {
      left.computeIfAbsent(e.reason(), reason -> new ArrayList<>()).add(place);
    }
  }

  /// Says something of a text that is taken.
  void remark(String what, String place) {
    remarks.computeIfAbsent(what, same -> new ArrayList<>()).add(place);
  }

  /// Says something of the file.
  void note(String note) {
    notes.add(note);
  }

  List<Trace> traces() {
    return List.copyOf(traces);
  }

  /// How many there were, taken or not.
  int seen() {
    return seen;
  }

  /// Why texts were left out, with how many: `2 of 5 texts left out: no prompt (line 3, line 4)`.
  List<String> leftOut() {
    return lines(left, " left out: ");
  }

  /// All that people should know: what was left out, what was said of texts, and of the file.
  List<String> notes() {
    List<String> all = new ArrayList<>(leftOut());
    all.addAll(lines(remarks, ": "));
    all.addAll(notes);
    return all;
  }

  private List<String> lines(Map<String, List<String>> said, String between) {
    return said.entrySet().stream()
        .map(
            each ->
                each.getValue().size()
                    + " of "
                    + seen
                    + " texts"
                    + between
                    + each.getKey()
                    + " ("
                    + places(each.getValue())
                    + ")")
        .toList();
  }

  private static String places(List<String> places) {
    String first = places.stream().limit(PLACES).collect(Collectors.joining(", "));
    return places.size() > PLACES ? first + " …" : first;
  }
}
