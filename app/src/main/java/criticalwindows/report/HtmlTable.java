package criticalwindows.report;

import criticalwindows.view.View;
import java.util.List;

/// Tables and other elements of pages without a script. Every text is escaped.
final class HtmlTable {
  private HtmlTable() {}

  /// A table whose heads tell what their columns mean.
  static String of(View<?> view) {
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><tr>");
    view.columns()
        .forEach(
            column ->
                table.append(
                    element(
                        "th tabindex=\"0\" title=\"" + CotPage.escape(column.meaning()) + "\"",
                        column.name())));
    table.append("</tr>");
    for (List<String> cells : view.cells()) {
      table.append("<tr>");
      cells.forEach(cell -> table.append(element("td", cell)));
      table.append("</tr>");
    }
    return table.append("</table></div>").toString();
  }

  /// A run's record.
  static String facts(Heading heading) {
    StringBuilder facts = new StringBuilder();
    for (Heading.Fact fact : heading.facts()) {
      facts.append(element("dt", fact.name())).append(element("dd", fact.value()));
    }
    // A fact can come from a file; what looks like a place to fill is none.
    return facts.toString().replace("{{", "{ {");
  }

  /// An element with a text.
  ///
  /// @param open its name, and its attributes behind a space
  static String element(String open, String text) {
    int space = open.indexOf(' ');
    String name = space < 0 ? open : open.substring(0, space);
    return "<" + open + ">" + CotPage.escape(text) + "</" + name + ">";
  }
}
