package criticalwindows.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.retry.Retry.Hope;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  private static final String NOON = "Mon, 30 Nov 2026 12:00:00 GMT";

  private static Optional<Duration> after(Map<String, String> headers) {
    return Retry.after(name -> Optional.ofNullable(headers.get(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "' 7 ', 7",
    "007, 7",
    "3600, 3600",
    "9300000000, 9300000000",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775807",
    "99999999999999999999999999, 9223372036854775807"
  })
  void secondsAreTakenAsTheyStandHoweverMany(String said, long seconds) {
    assertThat(after(Map.of("Retry-After", said))).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "'Mon, 30 Nov 2026 12:01:30 GMT', PT1M30S",
    "'Mon, 30 Nov 2026 12:00:00 GMT', PT0S",
    "'Tue, 1 Dec 2026 12:00:00 GMT', PT24H",
    "'Mon, 30 Nov 2026 13:00:05 +0100', PT5S",
    "'Mon, 30 Nov 2026 11:59:59 GMT', PT0S",
    "'Thu, 1 Jan 1970 00:00:00 GMT', PT0S"
  })
  void aDateIsMeasuredByTheServersOwnClockAndAPastOneIsNow(String said, Duration wait) {
    assertThat(after(Map.of("Retry-After", said, "Date", NOON))).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-5", "+5", "7.5", "1e3", "0x10", "٣", "soon", "7, 8", "2026-11-30T12:00:00Z"})
  void whatMakesNoSenseIsNotSaid(String said) {
    assertThat(after(Map.of("Retry-After", said, "Date", NOON))).isEmpty();
  }

  @Test
  void aDateWithoutTheServersClockIsNotSaidAndNeitherIsNothing() {
    assertThat(after(Map.of("Retry-After", NOON))).isEmpty();
    assertThat(after(Map.of("Retry-After", NOON, "Date", "noon"))).isEmpty();
    assertThat(after(Map.of("Date", NOON))).isEmpty();
  }

  @Test
  void everyStatusHasItsHope() {
    assertThat(IntStream.range(100, 600).filter(status -> Retry.hope(status) == Hope.LATER))
        .containsExactly(408, 425, 429, 502, 503, 504);
    assertThat(IntStream.range(100, 600).filter(status -> Retry.hope(status) == Hope.AGAIN))
        .containsExactlyElementsOf(
            IntStream.range(500, 600).filter(s -> s < 502 || s > 504).boxed().toList());
  }

  @Test
  void nobodyIsThereWhereNoServerWasReached() {
    assertThat(Retry.isNobodyThere(new ConnectException())).isTrue();
    assertThat(Retry.isNobodyThere(new NoRouteToHostException())).isTrue();
    assertThat(Retry.isNobodyThere(new UnknownHostException())).isTrue();
    assertThat(Retry.isNobodyThere(new UnresolvedAddressException())).isTrue();
    assertThat(Retry.isNobodyThere(new SocketTimeoutException())).isFalse();
    assertThat(Retry.isNobodyThere(new IOException("reset"))).isFalse();
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    Backoff seconds = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    assertThat(IntStream.range(0, 7).mapToLong(i -> seconds.pause(i).toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    assertThat(seconds.pause(Integer.MAX_VALUE)).hasSeconds(30);
    Backoff quick = new Backoff(Duration.ofMillis(2), Duration.ofDays(1));
    assertThat(quick.pause(10)).hasMillis(2048);
    assertThat(quick.pause(11)).hasMillis(2048);
    assertThat(new Backoff(Duration.ofDays(400), Duration.ofSeconds(3)).pause(9)).hasSeconds(3);
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessage("pauses of PT0S to PT1S");
  }

  @Test
  void aPauseOfCallsThatFailedTogetherIsBetweenHalfAndAll() {
    Backoff seconds = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    for (int before = 0; before < 7; before++) {
      int again = before;
      long whole = seconds.pause(before).toMillis();
      assertThat(IntStream.range(0, 1000).mapToLong(i -> seconds.pause(again, i).toMillis()))
          .allMatch(pause -> pause >= whole / 2 && pause <= whole)
          .anyMatch(pause -> pause < .51 * whole)
          .anyMatch(pause -> pause > .99 * whole);
      assertThat(seconds.pause(before, 5)).isEqualTo(seconds.pause(before, 5));
    }
  }
}
