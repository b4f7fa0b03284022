package criticalwindows.export;

import criticalwindows.tables.Table;
import criticalwindows.tables.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The tables that trainers take: what their columns mean.
public final class TrainingTables {
  private static final Column ITEM =
      new Column("item", Table.Type.TEXT, "the problem's or text's id");
  private static final Column KEPT =
      new Column("kept", Table.Type.WHOLE, "tokens of the response that are part of the prefix");
  private static final Column OUTCOME =
      new Column("outcome", Table.Type.TEXT, "what the response came to, by its class");
  private static final Column RIGHT =
      new Column(
          "right",
          Table.Type.FLAG,
          "whether that is the right one; absent where no right one is known");

  /// With control tokens by their names.
  private static final String NAMED = ", with control tokens by their names";

  private static final Column PROMPT =
      new Column(
          "prompt",
          Table.Type.TEXT,
          "what stands before, as the chat template writes it"
              + NAMED
              + "; its ids are exact, and"
              + " a tokenizer that reads this text may add a begin-of-text token of its own");

  private static final List<Column> MODEL =
      List.of(
          new Column("model", Table.Type.TEXT, "whose token ids these are, by its name"),
          new Column(
              "model_sha256",
              Table.Type.TEXT,
              "SHA-256 of that model's file; absent where it is served"),
          new Column(
              "vocabulary_sha256",
              Table.Type.TEXT,
              "SHA-256 over all tokens in the order of their ids: for each, its length in bytes (4"
                  + " bytes, big-endian) and its bytes in UTF-8, none for a control token"));

  /// A row for each response.
  public static final Table WEIGHTS =
      new Table(
          "weights",
          "a row for each response",
          with(
              ITEM,
              new Column("response", Table.Type.WHOLE, "which of the item's responses, from 0"),
              new Column("rule", Table.Type.TEXT, "by which tokens are weighted"),
              OUTCOME,
              RIGHT,
              new Column("prompt", Table.Type.TEXT, PROMPT.meaning()),
              new Column("text", Table.Type.TEXT, "the response" + NAMED),
              new Column(
                  "input_ids", Table.Type.WHOLES, "the prompt and the response, as token ids"),
              new Column(
                  "completion_mask",
                  Table.Type.WHOLES,
                  "for each id, 1 where it is of the response and counts in the loss, else 0"),
              new Column(
                  "weights",
                  Table.Type.REALS,
                  "for each id, how much it counts, at least 0; 0 where the mask is 0; their sum is"
                      + " the number of tokens whose mask is 1")));

  /// A row for each item and cut.
  public static final Table PREFIXES =
      new Table(
          "prefixes",
          "a row for each item and cut",
          with(
              ITEM,
              KEPT,
              new Column("length", Table.Type.WHOLE, "tokens of the whole response"),
              OUTCOME,
              RIGHT,
              new Column("followed", Table.Type.TEXT, "the class that k counts, the curve's"),
              new Column("k", Table.Type.WHOLE, "continuations from here of that class"),
              new Column("n", Table.Type.WHOLE, "all of them"),
              new Column("classes", Table.Type.TEXTS, "what they came to, the most frequent first"),
              new Column("counts", Table.Type.WHOLES, "how many of each"),
              new Column("unread", Table.Type.WHOLE, "of n, those whose outcome cannot be read"),
              PROMPT,
              new Column("text", Table.Type.TEXT, "what is kept of the response" + NAMED),
              new Column("prompt_tokens", Table.Type.WHOLE, "how many of the ids are the prompt's"),
              new Column(
                  "input_ids", Table.Type.WHOLES, "the prompt and what is kept, as token ids")));

  /// A row for each pair, as TRL takes them.
  public static final Table PAIRS =
      new Table(
          "pairs",
          "a row for each preference pair",
          with(
              ITEM,
              KEPT,
              new Column("level", Table.Type.TEXT, "token or continuation"),
              new Column("wanted", Table.Type.TEXT, "the class that is preferred"),
              new Column(
                  "prompt", Table.Type.TEXT, "the prefix: the prompt and what is kept" + NAMED),
              new Column("chosen", Table.Type.TEXT, "how it goes on" + NAMED),
              new Column("rejected", Table.Type.TEXT, "how else it goes on" + NAMED),
              new Column("prompt_ids", Table.Type.WHOLES, "the prefix as token ids"),
              new Column("chosen_ids", Table.Type.WHOLES, "without a stop token"),
              new Column("rejected_ids", Table.Type.WHOLES, "without a stop token"),
              new Column(
                  "chosen_k",
                  Table.Type.WHOLE,
                  "of a token: the continuations that go on with it and came to what is wanted; of"
                      + " a continuation: those from the prefix that came to the same as it"),
              new Column("chosen_n", Table.Type.WHOLE, "of so many"),
              new Column("rejected_k", Table.Type.WHOLE, "the same of the rejected one"),
              new Column("rejected_n", Table.Type.WHOLE, "of so many"),
              new Column(
                  "cut_k",
                  Table.Type.WHOLE,
                  "continuations from the prefix that came to what is wanted"),
              new Column("cut_n", Table.Type.WHOLE, "all of them"),
              new Column(
                  "chosen_outcome",
                  Table.Type.TEXT,
                  "of a continuation, its class; absent of a token"),
              new Column("rejected_outcome", Table.Type.TEXT, "likewise")));

  /// A row for each pair, as PTS writes them.
  public static final Table PTS =
      new Table(
          "pairs",
          "a row for each preference pair of two tokens, in the layout of PTS",
          List.of(
              new Column(
                  "prompt", Table.Type.TEXT, "the prefix: the prompt and what is kept" + NAMED),
              new Column("chosen", Table.Type.TEXT, "the token that is preferred"),
              new Column("rejected", Table.Type.TEXT, "the other one"),
              new Column(
                  "metadata",
                  Table.Type.OBJECT,
                  "original_query, task_type, dataset_id and dataset_item_id of the item;"
                      + " prob_before, prob_after and prob_delta: the share of continuations that"
                      + " came to what is wanted from the prefix, behind the chosen token, and the"
                      + " difference; and all columns of the other layout that are no texts")));

  private TrainingTables() {}

  private static List<Column> with(Column... columns) {
    return Stream.concat(Stream.of(columns), MODEL.stream()).toList();
  }

  /// What is in the files, as Markdown.
  ///
  /// @param facts of this export, a line each
  public static String readme(String title, List<String> facts, Table table) {
    List<String> lines = new ArrayList<>(List.of("# " + title, ""));
    facts.forEach(fact -> lines.add("- " + fact));
    return String.join("\n", lines) + "\n" + RunTables.explained(List.of(table));
  }
}
