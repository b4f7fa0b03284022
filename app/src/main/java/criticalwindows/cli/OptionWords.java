package criticalwindows.cli;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Options as values: what is none is said in words that name no class.
final class OptionWords {
  private OptionWords() {}

  static void register(CommandLine line) {
    for (Class<Integer> type : List.of(int.class, Integer.class)) {
      line.registerConverter(type, text -> number(text, Integer::valueOf));
    }
    for (Class<Long> type : List.of(long.class, Long.class)) {
      line.registerConverter(type, text -> number(text, Long::valueOf));
    }
    for (Class<Double> type : List.of(double.class, Double.class)) {
      line.registerConverter(type, text -> number(text, Double::valueOf));
    }
    line.registerConverter(Path.class, OptionWords::path);
  }

  private static <T> T number(String text, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (NumberFormatException e) {
      String kind = text.matches("[-+]?[0-9]+") ? "too large a number" : "not such a number";
      throw new TypeConversionException("'" + text + "' is " + kind);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(failure(e).getMessage() + "; " + failure(e).hint());
    }
  }

  /// The text of a file that an option names, without a byte-order mark.
  static String text(String option, Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UserError(
          option + " " + file + " is not UTF-8",
          "convert it; from Latin-1 so: iconv -f LATIN1 -t UTF-8 " + file,
          e);
    } catch (IOException e) {
      throw new UserError(
          option + " " + file + " cannot be read: " + Reason.of(e), "name a text file", e);
    }
  }

  /// What to say where a name cannot be that of a file.
  static UserError failure(InvalidPathException e) {
    boolean plain = e.getInput().chars().allMatch(letter -> letter > 0 && letter < 128);
    return new UserError(
        "no file can have the name " + e.getInput(),
        plain || e.getInput().indexOf('\0') >= 0
            ? "give another name"
            : "set a locale whose letters are UTF-8, such as LC_ALL=C.UTF-8",
        e);
  }
}
