package criticalwindows.retry;

import java.math.BigInteger;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/// Whether an HTTP call that failed is worth another try, and when the server wants it.
public final class Retry {
  private static final BigInteger MOST_SECONDS = BigInteger.valueOf(Long.MAX_VALUE);

  private Retry() {}

  /// What another try of the same call may come to.
  public enum Hope {
    /// The server has too much to do, or is starting: later it will have time.
    LATER,
    /// Something broke there, which may go well the next time.
    AGAIN,
    /// The same answer.
    NONE
  }

  /// What there is to hope for after an answer.
  ///
  /// *Source:* RFC 9110, section 15; RFC 6585, section 4; RFC 8470, section 5.2.
  public static Hope hope(int status) {
    return switch (status) {
      case 408, 425, 429, 502, 503, 504 -> Hope.LATER;
      default -> status >= 500 ? Hope.AGAIN : Hope.NONE;
    };
  }

  /// Whether a call failed because nobody is at its address.
  public static boolean isNobodyThere(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException
        || failure instanceof UnresolvedAddressException;
  }

  /// How long a server asks to be left alone: `Retry-After` in seconds, or as a date, which is
  /// measured by its own `Date`. Zero for a date that has passed; absent where it says nothing that
  /// makes sense.
  ///
  /// *Source:* RFC 9110, section 10.2.3.
  ///
  /// @param header what the answer says under a name
  public static Optional<Duration> after(Function<String, Optional<String>> header) {
    return header.apply("Retry-After").flatMap(after -> duration(after.strip(), header));
  }

  private static Optional<Duration> duration(
      String after, Function<String, Optional<String>> header) {
    if (after.matches("[0-9]+")) {
      return Optional.of(Duration.ofSeconds(new BigInteger(after).min(MOST_SECONDS).longValue()));
    }
    try {
      Duration until = Duration.between(date(header.apply("Date").orElse("")), date(after));
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ZonedDateTime date(String text) {
    return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
