package criticalwindows.judge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A reply as sentences, steps and code: what a judge reads of it. Its length is bounded; what
/// cannot be seen, and what stands in quotes, is left out.
///
/// @param parts in their order
record ReplyText(List<ReplyText.Part> parts) {
  /// Characters that are read: so many from the beginning, and so many from the end.
  private static final int HEAD = 16_000;

  private static final int TAIL = 4_000;

  /// Characters of one sentence; a longer one is read in pieces.
  private static final int SENTENCE = 600;

  private static final String THOUGHT = "</think>";
  private static final Pattern TOKEN = Pattern.compile("<\\|[^|<>\\n]{1,40}\\|>|</?s>");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}&&[^\\n]]");
  private static final Pattern SINGLE = Pattern.compile("[\\u2018\\u2019\\u02bc\\u00b4`]");
  private static final Pattern DOUBLE = Pattern.compile("[\\u201c-\\u201f\\u00ab\\u00bb\\uff02]");
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"[^\"\\n"
              + "]{1,400}\"|(?<![\\p{L}\\p{N}'])'(?=\\S)[^'\\n"
              + "]{1,200}(?:'(?=\\p{L})[^'\\n"
              + "]{1,200}){0,4}(?<=\\S)'(?![\\p{L}\\p{N}'])");
  private static final Pattern STEP =
      Pattern.compile(
          "^(?:[-*\\u2022+]|\\(?\\d{1,2}[.):]|\\(?[a-h]\\)|step \\d{1,2}\\b.?) *",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKS = Pattern.compile("[*_`]+");
  private static final Pattern LINE_MARKS = Pattern.compile("^[#>\\s]+");
  private static final Pattern SPACES = Pattern.compile("[ \\u00a0]+");
  private static final Pattern NOTHING = Pattern.compile("[\\s\\p{P}]*");
  private static final Pattern BLOCKED = Pattern.compile("(?m)^>.*$");
  private static final Pattern END = Pattern.compile("(?<=[.!?])[\\s\"')*_]+");

  ReplyText {
    parts = List.copyOf(parts);
  }

  /// What a part is.
  enum Form {
    SENTENCE,
    /// The first sentence of an item of a list.
    STEP,
    /// A line of code.
    CODE
  }

  /// A sentence or a line of code.
  ///
  /// @param text on one line, without marks of emphasis and lists
  record Part(Form form, String text) {}

  static ReplyText of(String reply) {
    String[] lines = plain(bounded(reply)).split("\n", -1);
    ReplyText read = of(lines, "```");
    boolean said = read.parts.stream().anyMatch(part -> part.form != Form.CODE);
    return said ? read : of(lines, "\n");
  }

  /// @param fence that opens and closes code
  private static ReplyText of(String[] lines, String fence) {
    List<Part> parts = new ArrayList<>();
    boolean code = false;
    for (String raw : lines) {
      String line = raw.strip();
      if (line.startsWith(fence)) {
        code = !code;
      } else if (code && !line.isEmpty()) {
        parts.add(new Part(Form.CODE, line));
      } else if (!line.isEmpty()) {
        sentences(line, parts);
      }
    }
    return new ReplyText(parts);
  }

  private static void sentences(String line, List<Part> parts) {
    String bare = LINE_MARKS.matcher(line).replaceFirst("");
    String rest = STEP.matcher(bare).replaceFirst("");
    Form form = rest.length() < bare.length() && !rest.isBlank() ? Form.STEP : Form.SENTENCE;
    for (String sentence : END.split(MARKS.matcher(rest).replaceAll(""), -1)) {
      for (int at = 0; at < sentence.length(); at += SENTENCE) {
        String piece = sentence.substring(at, Math.min(sentence.length(), at + SENTENCE)).strip();
        if (!piece.isEmpty()) {
          parts.add(new Part(form, piece));
          form = Form.SENTENCE;
        }
      }
    }
  }

  private static String bounded(String reply) {
    return reply.length() <= HEAD + TAIL
        ? reply
        : reply.substring(0, HEAD) + "\n" + reply.substring(reply.length() - TAIL);
  }

  /// Visible letters, one kind of quotes, no thoughts before the reply, and no quotations, unless
  /// all of it is one.
  private static String plain(String reply) {
    String text = Normalizer.normalize(reply, Normalizer.Form.NFKC).replace("\r\n", "\n");
    text = text.replace('\r', '\n').replace('\t', ' ').replace('\u2028', '\n');
    int thought = text.indexOf(THOUGHT);
    String said = thought < 0 ? "" : text.substring(thought + THOUGHT.length());
    text = TOKEN.matcher(said.isBlank() ? text : said).replaceAll("\n");
    text = UNSEEN.matcher(text).replaceAll("");
    text = DOUBLE.matcher(text).replaceAll("\"");
    text = SINGLE.matcher(text.replace("```", "\u0001")).replaceAll("'").replace("\u0001", "```");
    text = SPACES.matcher(text).replaceAll(" ").strip();
    String own = QUOTED.matcher(BLOCKED.matcher(text).replaceAll("")).replaceAll(" ");
    return NOTHING.matcher(own).matches() ? text.replace("\"", "") : own;
  }
}
