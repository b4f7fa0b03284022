package criticalwindows.report;

import criticalwindows.form.Combination;
import criticalwindows.form.FormCounts;
import criticalwindows.form.FormFinding;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A form run as one HTML file that needs nothing else, not even a script.
///
/// What models and prompts say is hostile: it is escaped wherever it stands. A content-security
/// policy allows this page's own style, by hash, and nothing else.
public final class FormPage {
  private static final int FREQUENT = 12;

  private FormPage() {}

  /// The page.
  public static String of(Heading heading, List<FormView> forms) {
    String style = CotPage.resource("page.css") + CotPage.resource("form.css");
    StringBuilder body = new StringBuilder();
    heading.warnings().forEach(text -> body.append(element("p class=\"warning\"", text)));
    forms.forEach(form -> body.append(form(form)));
    return CotPage.resource("form.html")
        .replace("{{style-hash}}", CotPage.hash(style))
        .replace("{{style}}", style)
        .replace("{{title}}", CotPage.escape(heading.title()))
        .replace("{{facts}}", HtmlTable.facts(heading))
        // Last, so that nothing in it is taken for a place to fill.
        .replace("{{body}}", body);
  }

  private static String element(String open, String text) {
    return HtmlTable.element(open, text);
  }

  private static String form(FormView view) {
    FormFinding finding = view.finding();
    if (finding.target().isEmpty() || finding.text().isEmpty()) {
      return card("The form", lines(finding.prompt().request()) + outside(finding));
    }
    Combination target = finding.target().get();
    int length = finding.text().get().tokens().size();
    return card("The target", target(finding, target) + tiles(view))
        + card(
            "How likely the target is, by tokens kept",
            StaircaseFigure.of(view, target, length) + legend(view) + note(finding))
        + card("Where each choice is made", times(view, target))
        + card("The tree of choices", TreeFigure.of(view.tree(target)) + treeNote(finding))
        + card("What the texts chose", frequent(finding) + outside(finding));
  }

  private static String card(String title, String content) {
    return "<section class=\"card\">" + element("h2", title) + content + "</section>\n";
  }

  /// The completed sentences, the chosen words marked.
  private static String target(FormFinding finding, Combination target) {
    String text = finding.prompt().filled(target);
    StringBuilder shown = new StringBuilder("<div class=\"sentences\">");
    int from = 0;
    for (int i = 0; i < target.size(); i++) {
      List<Integer> place = finding.prompt().place(target, i);
      shown.append(inline(text.substring(from, place.getFirst())));
      shown.append("<mark>").append(inline(text.substring(place.getFirst(), place.getLast())));
      shown.append("</mark>");
      from = place.getLast();
    }
    return shown.append(inline(text.substring(from))).append("</div>").toString();
  }

  /// Escaped, with spaces and line ends kept.
  private static String inline(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    return String.join("<br>", lines.stream().map(FormPage::spaced).toList());
  }

  private static String spaced(String line) {
    String begin = line.startsWith(" ") ? " " : "";
    String end = line.length() > 1 && line.endsWith(" ") ? " " : "";
    return begin + CotPage.escape(line) + end;
  }

  private static String lines(String text) {
    return "<div class=\"sentences\">" + inline(text) + "</div>";
  }

  private static String tiles(FormView view) {
    FormFinding finding = view.finding();
    FormCounts counts = finding.counts();
    StringBuilder tiles = new StringBuilder("<div class=\"tiles across\">");
    tile(
        tiles,
        counts.filled().size() + " of " + Numbers.count((long) finding.prompt().combinations()),
        "combinations seen in " + Numbers.count(counts.total()) + " texts");
    Proportion inForm = new Proportion(counts.inForm(), counts.total());
    tile(tiles, Numbers.fine(inForm.estimate()), "of them stay in the form");
    finding
        .scored()
        .ifPresent(
            scored ->
                tile(
                    tiles,
                    Numbers.fine(scored.mass()),
                    "of all the model may write is one of the combinations, as asked for"));
    int apart = view.contradictions().size();
    tile(
        tiles,
        apart == 0 ? "agree" : apart + " apart",
        "conditioning, resampling" + (finding.scored().isPresent() ? ", scores" : ""));
    return tiles.append("</div>").toString();
  }

  private static void tile(StringBuilder tiles, String value, String what) {
    tiles.append("<div class=\"tile\">").append(element("b", value)).append(element("span", what));
    tiles.append("</div>");
  }

  private static String legend(FormView view) {
    StringBuilder legend = new StringBuilder("<div class=\"legend\">");
    if (view.finding().scored().isPresent()) {
      legend.append("<span><i class=\"same\"></i>scores of every combination</span>");
    }
    legend.append("<span><i class=\"right dot\"></i>whole texts, conditioned</span>");
    legend.append("<span><i class=\"early box\"></i>continuations</span>");
    if (!view.generator().isEmpty()) {
      legend.append("<span><i class=\"exact\"></i>generator of the world, exact</span>");
    }
    legend.append("<span><i class=\"window\"></i>window, T_before to T_after</span>");
    legend.append("<span><i class=\"gray\"></i>a choice without one</span>");
    return legend.append("</div>").toString();
  }

  private static String note(FormFinding finding) {
    String exact =
        finding.scored().isPresent()
            ? " The band around the scores holds whatever the model may write besides."
            : " Not scored: " + FormTable.unscored(finding) + ".";
    return element("p class=\"soft note\"", "Whiskers are 95 % intervals." + exact);
  }

  private static String treeNote(FormFinding finding) {
    return element(
        "p class=\"soft note\"",
        finding.scored().isPresent()
            ? "Probabilities of each choice given those before, and the probability of each"
                + " combination, by scores. Rare branches may be left out."
            : "Probabilities from the texts that were sampled whole.");
  }

  private static String times(FormView view, Combination target) {
    String epsilon = view.times().map(times -> Numbers.bare(times.epsilon())).orElse("");
    return HtmlTable.of(new View<>(FormTable.CHOICES, FormTable.choices(view, target)))
        + element(
            "p class=\"soft note\"",
            epsilon.isEmpty()
                ? "The theory's times need the scores of every combination."
                : "Tokens kept, for ε = "
                    + epsilon
                    + ". Up to T_before nothing tells the choice; from T_after on it is settled."
                    + " Where T_after comes first there is no window: the choice has a probability"
                    + " near 1, or what it leads to is rare.");
  }

  private static String frequent(FormFinding finding) {
    List<Column<Map.Entry<Combination, Long>>> columns = new ArrayList<>();
    columns.add(
        new Column<>(
            "combination",
            "the words chosen",
            entry -> String.join(", ", finding.prompt().words(entry.getKey()))));
    columns.add(new Column<>("texts", "that chose them", entry -> Numbers.count(entry.getValue())));
    columns.add(
        new Column<>(
            "share",
            "of the texts that stay in the form, with a 95 % interval",
            entry -> FormTable.share(new Proportion(entry.getValue(), finding.counts().inForm()))));
    finding
        .scored()
        .ifPresent(
            scored ->
                columns.add(
                    new Column<>(
                        "scored",
                        "its probability by the scores of every combination",
                        entry -> Numbers.fine(scored.share(entry.getKey())))));
    return HtmlTable.of(new View<>(columns, FormTable.frequent(finding, FREQUENT)));
  }

  private static String outside(FormFinding finding) {
    return finding
        .outside()
        .map(text -> "<details><summary>A text that left the form</summary>" + lines(text))
        .map(text -> text + "</details>")
        .orElse("");
  }
}
