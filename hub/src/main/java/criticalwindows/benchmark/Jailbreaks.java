package criticalwindows.benchmark;

import criticalwindows.attack.Request;
import criticalwindows.attack.Templated;
import criticalwindows.dataset.Card;
import criticalwindows.download.HubFile;
import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Attacks on Llama 3 that were published dressed and in its chat template, with the replies. They
/// are taken as they are. A file has a split, which is the family.
///
/// *Source:* Bailey et al., arXiv 2412.09565.
final class Jailbreaks {
  static final String NAME = "llama3-jailbreaks";
  static final List<String> COLUMNS = List.of("prompt", "completion");

  static final Card CARD =
      new Card(
          NAME,
          "attacks in Llama 3's chat template, with replies: :harmful_gcg,"
              + " :benign_instructions_test …",
          "by split",
          "Bailey et al., arXiv 2412.09565",
          "not stated");

  private static final Pattern SPLIT = Pattern.compile("(harmful|benign)_([a-z0-9_]*[a-z0-9])");

  private Jailbreaks() {}

  /// A split.
  ///
  /// @param name as published: `harmful_gcg`
  /// @param family `gcg`; the whole name where it is benign
  record Split(String name, String family, Request.Kind kind) {
    Templated read(Row.Fields fields) throws NotAProblem {
      String completion = text(fields, "completion");
      return new Templated(
          name + "/" + fields.place().number(),
          family,
          kind,
          text(fields, "prompt"),
          completion.isEmpty() ? Optional.empty() : Optional.of(completion));
    }

    /// As it is: space around it is a part of it.
    private static String text(Row.Fields fields, String field) throws NotAProblem {
      String text = fields.get(field).asString("");
      if (field.equals("prompt") && text.isBlank()) {
        throw new NotAProblem("has no text in prompt");
      }
      return text;
    }
  }

  /// The split of a file, by its name.
  ///
  /// @throws UserError if that does not say it
  static Split split(Path file) {
    Matcher named = SPLIT.matcher(String.valueOf(file.getFileName()));
    if (!named.find()) {
      throw new UserError(
          file + " has the columns of " + NAME + ", and its name says no split",
          "name the file as its split, such as harmful_gcg.parquet or"
              + " benign_instructions_test.csv");
    }
    boolean harmful = named.group(1).equals("harmful");
    return new Split(
        named.group(),
        harmful ? named.group(2) : named.group(),
        harmful ? Request.Kind.HARMFUL : Request.Kind.BENIGN);
  }

  /// The file of a split on the hub; none where it is no name of a split.
  static List<HubFile> hub(String split) {
    return SPLIT.matcher(split).matches()
        ? List.of(
            new HubFile(
                "Mechanistic-Anomaly-Detection/llama3-jailbreaks",
                HubFile.MAIN,
                "data/" + split + "-00000-of-00001.parquet"))
        : List.of();
  }
}
