package criticalwindows.study;

import criticalwindows.figure.Figure;
import java.util.List;
import java.util.Map;

/// What a study found.
///
/// @param finding in a sentence or a few; where the hoped-for effect is absent, that first
/// @param texts what stands in the page's template for each `{{name}}`: the finding, tables,
///   numbers
/// @param figures whose files lie beside the page
public record Report(String finding, Map<String, String> texts, List<Figure> figures) {
  public Report {
    texts = Map.copyOf(texts);
    figures = List.copyOf(figures);
  }
}
