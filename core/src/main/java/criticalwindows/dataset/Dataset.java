package criticalwindows.dataset;

import java.util.List;

/// A named list of problems.
///
/// @param name as given on the command line
/// @param card one line for people: what it is, where it comes from, its licence
public record Dataset(String name, String card, List<Problem> problems) {
  public Dataset {
    problems = List.copyOf(problems);
  }
}
