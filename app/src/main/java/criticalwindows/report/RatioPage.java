package criticalwindows.report;

import criticalwindows.view.View;
import java.util.List;
import java.util.stream.Collectors;

/// A run of likelihood ratios as one HTML file that needs nothing else, not even a script.
///
/// What models and prompts say is hostile: it is escaped wherever it stands. A content-security
/// policy allows this page's own style, by hash, and nothing else.
public final class RatioPage {
  private static final int TEXTS = 100;
  private static final int POSITIONS = 40;

  private RatioPage() {}

  /// A figure of the page.
  ///
  /// @param about which part of the page it belongs to
  /// @param svg an element
  public record Figure(About about, String svg) {}

  /// What a figure is about.
  public enum About {
    ROC,
    DIVERGENCE,
    CURVES
  }

  /// The page.
  public static String of(Heading heading, RatioView view, List<Figure> figures) {
    String style =
        CotPage.resource("page.css") + CotPage.resource("form.css") + CotPage.resource("ratio.css");
    StringBuilder body = new StringBuilder();
    heading.warnings().forEach(text -> body.append(HtmlTable.element("p class=\"warning\"", text)));
    body.append(sections(view, figures));
    return CotPage.resource("form.html")
        .replace("{{style-hash}}", CotPage.hash(style))
        .replace("{{style}}", style)
        .replace("{{title}}", CotPage.escape(heading.title()))
        .replace("{{facts}}", HtmlTable.facts(heading))
        // Last, so that nothing in it is taken for a place to fill.
        .replace("{{body}}", body);
  }

  /// What is said of the ratios, as elements of a page whose style has `ratio.css`.
  public static String sections(RatioView view, List<Figure> figures) {
    StringBuilder body = new StringBuilder();
    body.append(HtmlTable.element("p class=\"verdict\"", RatioTable.scored(view)));
    if (!view.study().told().isEmpty()) {
      body.append(
          card(
              RatioTable.apartTitle(view),
              figure(figures, About.ROC)
                  + explained(RatioTable.apart(view.study()), List.of(RatioTable.notes(view)))));
    }
    if (!view.foretold().isEmpty()) {
      body.append(
          card(
              RatioTable.foretoldTitle(view),
              explained(RatioTable.foretold(view.foretold()), List.of())));
    }
    if (!view.along().texts().isEmpty()) {
      String said = String.join(" ", RatioTable.along(view.along()));
      body.append(
          card(
              "Along the measured curves",
              HtmlTable.element("p", said) + figure(figures, About.CURVES)));
    }
    if (!view.texts().isEmpty()) {
      body.append(
          card(
              "Divergence of the models by token of the response",
              figure(figures, About.DIVERGENCE)
                  + explained(
                      RatioTable.divergence(view, POSITIONS),
                      List.of(RatioTable.divergenceNote()))));
      body.append(
          card(
              "Texts, the highest ratio first",
              explained(RatioTable.listed(view, TEXTS), List.of())));
    }
    return body.toString();
  }

  private static String card(String title, String content) {
    return "<section class=\"card\">" + HtmlTable.element("h2", title) + content + "</section>\n";
  }

  private static String figure(List<Figure> figures, About about) {
    return figures.stream()
        .filter(figure -> figure.about() == about)
        .map(figure -> "<div class=\"scroll\">" + figure.svg() + "</div>")
        .collect(Collectors.joining());
  }

  /// A table with its columns explained beneath.
  private static String explained(View<?> view, List<String> notes) {
    StringBuilder list = new StringBuilder("<dl class=\"soft terms\">");
    view.columns()
        .forEach(
            column ->
                list.append(HtmlTable.element("dt", column.name()))
                    .append(HtmlTable.element("dd", column.meaning())));
    list.append("</dl>");
    notes.forEach(note -> list.append(HtmlTable.element("p class=\"soft note\"", note)));
    return HtmlTable.of(view)
        + "<details><summary>What the columns mean</summary>"
        + list
        + "</details>";
  }
}
