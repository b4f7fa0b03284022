package criticalwindows.vectors;

import criticalwindows.error.UserError;
import java.util.Arrays;
import java.util.Locale;

/// How exactly vectors are kept.
public enum Precision {
  /// Single precision, as they are computed.
  F32(4),
  /// Half precision: half the room, three digits, and no number beyond 65,504.
  F16(2);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /// The one of a name.
  ///
  /// @throws UserError if there is none
  public static Precision named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.unknown(
                    "type of numbers",
                    name,
                    Arrays.stream(values()).map(Precision::word).toList()));
  }

  /// As users name it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  int bytes() {
    return bytes;
  }
}
