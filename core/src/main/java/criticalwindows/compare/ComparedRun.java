package criticalwindows.compare;

import criticalwindows.cot.CotFinding;
import criticalwindows.window.WindowStudy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// One of the runs that are compared.
///
/// @param name for people
public record ComparedRun(String name, Map<String, Measured> items) {
  public ComparedRun {
    items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
  }

  /// A run by its findings.
  ///
  /// @param findings with the text of their originals, where places in it are to be compared
  /// @param windows what the window model says of them
  public static ComparedRun of(String name, Stream<CotFinding> findings, WindowStudy windows) {
    Map<String, Measured> items = new LinkedHashMap<>();
    findings.forEach(finding -> items.put(finding.problem().id(), Measured.of(finding, windows)));
    return new ComparedRun(name, items);
  }
}
