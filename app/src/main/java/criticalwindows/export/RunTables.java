package criticalwindows.export;

import criticalwindows.defence.Defence;
import criticalwindows.tables.Table;
import criticalwindows.tables.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The tables of a run, and what every column means.
public final class RunTables {
  private static final Column PROBLEM =
      new Column("problem", Table.Type.TEXT, "the problem's id, a hash of its content");
  private static final Column KEPT =
      new Column("kept", Table.Type.WHOLE, "response tokens kept before the cut");

  private static final String FORCED =
      "probability of the original's answer by the probabilities of the choices behind the form"
          + " that the question quotes, fed as the reply's beginning";

  private static final String PROBS =
      "probability of the original's answer by the probabilities of the choices where the reply"
          + " names one";

  /// A row for each problem.
  public static final Table PROBLEMS =
      new Table(
          "problems",
          "a row for each problem",
          List.of(
              new Column("position", Table.Type.WHOLE, "place in the run, from 0"),
              PROBLEM,
              text("dataset", "name of the data set"),
              text("task", "what kind of question it is"),
              text("question", "without the choices"),
              text("choices", "a line each, as (A) text; empty where there are none"),
              text("gold", "the right answer"),
              text("answer", "of the original response; all below absent while it is not sampled"),
              text(
                  "followed",
                  "the class that consistent and same count; absent where it is the original's"
                      + " own"),
              flag(
                  "readable",
                  "whether there is a class to be counted: the original's own, or one that is"
                      + " followed"),
              flag("right", "whether it is the right one"),
              text("direct", "answer with no reasoning; absent while it is not sampled"),
              flag("direct_right", "whether that is right"),
              whole("tokens", "of the original response, without the stop token"),
              text("finish", "why the original ended: STOP or LENGTH"),
              flag("window", "whether the consistency curve has a window by the published rule"),
              real("score", "of the original, in [0, 1], where a program gave one")));

  /// A row for each problem that may have a window: by the published rule, and what the window
  /// model says.
  public static final Table WINDOWS =
      new Table(
          "windows",
          "a row for each problem that has a window by the published rule (a jump > 0.5 of the"
              + " consistency curve between adjacent cuts where nothing drops by more than 0.3), or"
              + " of which the window model says something (it is asked of up to 100 problems, and"
              + " of more with --windows; what it was not asked is absent)",
          windows());

  /// A row for each problem and cut.
  public static final Table POINTS =
      new Table("points", "a row for each problem and cut", points());

  /// A row for each script.
  public static final Table SAMPLES =
      new Table(
          "samples",
          "a row for each script: an original, a continuation, an early answer or a direct answer",
          List.of(
              PROBLEM,
              text(
                  "arm",
                  "original, resample, early or direct; of a defence header-K, whose text was begun"
                      + " anew behind the header, or hint-HASH"),
              KEPT,
              whole("index", "among equals, from 0"),
              text("answer", "as it was read, for people"),
              text("answer_kind", "choice, value, unread, cut off or refused"),
              text("answer_class", "equal for equal answers; absent where none was read"),
              text("rule", "the rule that read it; absent where none did"),
              flag(
                  "same",
                  "whether it is the original's answer, or the class that is followed; absent if"
                      + " there is none"),
              flag("right", "whether it is the right answer"),
              real("score", "in [0, 1], where a program gave one"),
              whole(
                  "turned",
                  "characters of the whole response before it refuses, where it had given steps or"
                      + " code by then; absent elsewhere"),
              real("p_same", PROBS + "; absent where they were not read"),
              real("forced_p_same", FORCED + "; absent where they were not read"),
              text(
                  "response",
                  "what was written after the cut; absent for early answers and directs"),
              text("reply", "to the question for the answer"),
              whole("response_tokens", "sampled, without the stop token; absent likewise"),
              whole("reply_tokens", "sampled, without the stop token"),
              text("finish", "why the response ended: STOP or LENGTH; absent likewise"),
              real("log_prob", "natural log-probability of the response, summed; absent likewise"),
              real("reply_log_prob", "of the reply, summed"),
              text("seed", "of the script's random numbers, a whole number of 64 bits"),
              text("engine", "what computed it"),
              whole("wave", "the commit it came with, from 1"),
              real("elapsed_seconds", "of the whole script; scripts run side by side")));

  /// A row for each problem, cut and defence, of a run that has tried any.
  public static final Table DEFENCES =
      new Table(
          "defences",
          "a row for each problem, cut and defence whose replies are all there",
          defences());

  /// All that every run has.
  public static final List<Table> ALL = List.of(PROBLEMS, WINDOWS, POINTS, SAMPLES);

  private RunTables() {}

  /// Those of a run.
  ///
  /// @param defences that it has tried
  public static List<Table> of(List<Defence> defences) {
    return defences.isEmpty() ? ALL : Stream.concat(ALL.stream(), Stream.of(DEFENCES)).toList();
  }

  private static List<Column> windows() {
    List<Column> columns = new ArrayList<>();
    columns.add(PROBLEM);
    columns.add(flag("right", "whether the original is right"));
    columns.add(
        whole("from_kept", "response tokens kept where the rule's window begins; absent: none"));
    columns.add(whole("to_kept", "response tokens kept where it ends; absent likewise"));
    columns.add(real("rise", "of the curve from there to here, in (0.5, 1]; absent likewise"));
    columns.add(real("no_window", "the model's probability that there is none, in [0, 1]"));
    columns.add(real("q", "false discovery rate of all windows at least as sure, in [0, 1]"));
    columns.add(
        text(
            "verdict",
            "CLAIMED (q <= 0.05), UNSURE, BEFORE (decided before the response) or NONE"));
    columns.add(flag("averaged", "whether it is claimed only because others are surer"));
    columns.add(flag("gradual", "whether the rise takes more than a quarter of the response"));
    columns.add(flag("stating", "whether it is decided while the answer is stated"));
    columns.addAll(
        credible("place", "centre of the window that rises most, if there is one, in tokens kept"));
    columns.addAll(credible("height", "rise of the curve in that window, in [-1, 1]"));
    columns.addAll(credible("width", "of that window, in tokens"));
    columns.addAll(draw());
    return columns;
  }

  private static List<Column> draw() {
    return List.of(
        whole(
            "token",
            "that window's likeliest token, from 0: the nearest to its centre that can bear its"
                + " height"),
        text("token_text", "what it writes; absent likewise: the ledger has no predictions"),
        real("token_p", "its plain probability (temperature 1, nothing masked), in [0, 1]"),
        text("most_often", "what the model would most often have written there"),
        real("most_often_p", "the plain probability of that"),
        real("entropy", "of the plain distribution there, in nats"),
        text(
            "choice",
            "always (token_p >= 0.9), unlikely (token_p <= 0.1, most_often_p > 0.5) or undecided"));
  }

  private static List<Column> credible(String name, String meaning) {
    return List.of(
        real(name, meaning + ": the posterior's mean"),
        real(name + "_low", "its 90 % credible interval, from"),
        real(name + "_high", "to"));
  }

  private static List<Column> points() {
    List<Column> columns = new ArrayList<>();
    columns.add(PROBLEM);
    columns.add(whole("level", "place of the cut in the plan, from 0"));
    columns.add(real("fraction", "of the response kept, in [0, 1)"));
    columns.add(KEPT);
    columns.addAll(
        share(
            "consistent",
            "continuations with the original's answer, or of the class that is followed"));
    columns.addAll(
        share(
            "pooled",
            "consistent_k and the same of earlier cuts' continuations that wrote the original's"
                + " tokens up to here; an adaptive run adds none, as it chose its cuts by these"
                + " outcomes",
            "all of these; cuts share them, so their errors go together"));
    columns.addAll(share("right", "continuations with the right answer"));
    columns.add(text("early", "answer asked for at the cut; absent while it is not sampled"));
    columns.add(flag("early_consistent", "whether it is the original's, absent if that is unread"));
    columns.add(flag("early_right", "whether it is the right one"));
    columns.addAll(share("foreseen", "continuations with the early answer's answer"));
    columns.add(real("p_same", PROBS + ", mean over continuations; absent where none were read"));
    columns.add(real("p_same_low", "95 % interval of that, from"));
    columns.add(real("p_same_high", "to"));
    columns.add(
        real("early_p_same", PROBS + ", of the early answer; absent where they were not read"));
    columns.add(real("early_forced_p_same", FORCED + ", of the early answer; absent likewise"));
    columns.add(real("score", "mean score of continuations, in [0, 1]; absent where none has one"));
    columns.add(real("score_low", "95 % interval of that, from"));
    columns.add(real("score_high", "to"));
    return columns;
  }

  private static List<Column> defences() {
    List<Column> columns = new ArrayList<>();
    columns.add(PROBLEM);
    columns.add(text("family", "of the problem, such as one of attacks"));
    columns.add(KEPT);
    columns.add(text("defence", "header:K or hint:TEXT"));
    columns.addAll(share("complied", "its replies of the class that is followed", "all of them"));
    columns.add(whole("ended", "replies that a header has ended"));
    columns.add(
        whole("tokens", "sampled for all these replies, what is thrown away and stops included"));
    columns.addAll(
        share("plain", "replies of that class without a defence", "all of them, at the same cut"));
    columns.add(whole("plain_tokens", "sampled for those, stops included"));
    return columns;
  }

  private static List<Column> share(String name, String meaning) {
    return share(name, meaning, "continuations at this cut");
  }

  private static List<Column> share(String name, String meaning, String trials) {
    return List.of(
        whole(name + "_k", meaning + "; absent where that cannot be said"),
        whole(name + "_n", trials),
        real(name + "_low", "Wilson's 95 % interval of " + name + "_k / " + name + "_n, from"),
        real(name + "_high", "to"));
  }

  private static Column text(String name, String meaning) {
    return new Column(name, Table.Type.TEXT, meaning);
  }

  private static Column whole(String name, String meaning) {
    return new Column(name, Table.Type.WHOLE, meaning);
  }

  private static Column real(String name, String meaning) {
    return new Column(name, Table.Type.REAL, meaning);
  }

  private static Column flag(String name, String meaning) {
    return new Column(name, Table.Type.FLAG, meaning);
  }

  /// What is in the files, as Markdown.
  ///
  /// @param tables that were written
  public static String readme(String run, List<Table> tables) {
    StringBuilder text = new StringBuilder("# Tables of " + run + "\n");
    text.append(
        "\n"
            + "Written by `cw export`. A cell is absent (null, empty in CSV) where its column says"
            + " so.\n"
            + "In CSV, a text that a spreadsheet could take for a formula (it begins with = + - @\n"
            + "of any width, a tab or a line break and is no plain number) or that begins with an"
            + " apostrophe has\n"
            + "an apostrophe in front; Parquet and JSON hold every text as it is.\n");
    return text.append(explained(tables)).toString();
  }

  /// What is in tables, as Markdown: a section for each.
  static String explained(List<Table> tables) {
    StringBuilder text = new StringBuilder();
    for (Table table : tables) {
      text.append("\n## ").append(table.name()).append("\n\n").append(table.meaning());
      text.append(".\n\n| column | type | meaning |\n|---|---|---|\n");
      for (Column column : table.columns()) {
        text.append("| ").append(column.name()).append(" | ").append(type(column.type()));
        text.append(" | ").append(column.meaning()).append(" |\n");
      }
    }
    return text.toString();
  }

  private static String type(Table.Type type) {
    return switch (type) {
      case TEXT -> "text";
      case WHOLE -> "whole number";
      case REAL -> "number";
      case FLAG -> "true or false";
      case OBJECT -> "object";
      case TEXTS -> "list of texts";
      case WHOLES -> "list of whole numbers";
      case REALS -> "list of numbers";
    };
  }
}
