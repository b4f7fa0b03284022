package criticalwindows.error;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// Why something failed, in words for people: they name no class of a program.
public final class Reason {
  private Reason() {}

  /// The reason of an exception, as the end of "… cannot be read: ".
  public static String of(Exception e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "that is not allowed";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> e.getMessage() == null ? words(e) : withoutPlaces(e.getMessage());
    };
  }

  /// A message without the places that a reader of JSON puts into it for programmers.
  public static String withoutPlaces(String message) {
    return message.replaceAll(" ?\\(start marker at \\[Source: [^]]*]\\)", "");
  }

  /// Of an exception without a message its kind: "closed channel".
  private static String words(Exception e) {
    return e.getClass()
        .getSimpleName()
        .replaceAll("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
