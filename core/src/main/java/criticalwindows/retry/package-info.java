/// When an HTTP call that failed is made again. Pure: who calls waits, and counts.
///
/// ```java
/// import java.time.Duration;
/// Map<String, String> headers = Map.of("Retry-After", "7");
/// Optional<Duration> asked = Retry.after(name -> Optional.ofNullable(headers.get(name)));
/// Backoff growing = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
/// if (Retry.hope(503) != Retry.Hope.NONE) {
///   System.out.println("again in " + asked.orElse(growing.pause(2)));
/// }
/// ```
///
/// Arrows: none.
package criticalwindows.retry;
