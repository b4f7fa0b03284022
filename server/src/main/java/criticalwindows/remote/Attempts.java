package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.retry.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What one call has met so far: how often each server failed it, and which will not have it.
/// Belongs to the thread of the call.
final class Attempts {
  /// Tries of a request for which there is no sense in any answer, over all servers.
  private static final int MOST_BROKEN = 8;

  /// Tries while servers say that they are busy, over all of them.
  private static final int MOST_BUSY = 60;

  /// However many servers there are, one chance answer decides nothing.
  private static final int LEAST_EACH = 2;

  private final int servers;
  private final Map<FleetServer, Failures> failures = new HashMap<>(2);
  private final Map<FleetServer, CallFailure> refusals = new LinkedHashMap<>(2);

  /// Of one server.
  private static final class Failures {
    private int all;
    private int broken;
    private int busy;
  }

  Attempts(int servers) {
    this.servers = servers;
  }

  /// Whether a server may still answer this call.
  boolean open(FleetServer server) {
    return !refusals.containsKey(server);
  }

  /// Whether there is a server that will not have this call.
  boolean choosy() {
    return !refusals.isEmpty();
  }

  /// The servers that said that this request can never succeed.
  List<FleetServer> refusers() {
    return refusals.entrySet().stream()
        .filter(entry -> entry.getValue().kind() == CallFailure.Kind.REFUSED)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// How often a server failed this call.
  int failures(FleetServer server) {
    Failures met = failures.get(server);
    return met == null ? 0 : met.all;
  }

  /// Counts a failure.
  ///
  /// @throws CallFailure if now every server has refused this call
  /// @throws UserError if they would refuse any
  void add(FleetServer server, CallFailure failure) throws CallFailure {
    Failures met = failures.computeIfAbsent(server, l -> new Failures());
    met.all++;
    boolean refused =
        switch (failure.kind()) {
          case REFUSED, FORBIDDEN -> true;
          case BROKEN -> ++met.broken >= each(MOST_BROKEN);
          case BUSY -> ++met.busy >= each(MOST_BUSY);
          case GONE -> false;
        };
    if (refused) {
      refusals.put(server, failure);
    }
    if (refusals.size() == servers) {
      throw end(failure);
    }
  }

  private int each(int most) {
    return Math.max(LEAST_EACH, (most + servers - 1) / servers);
  }

  private CallFailure end(CallFailure last) {
    if (refusals.values().stream().allMatch(t -> t.kind() == CallFailure.Kind.FORBIDDEN)) {
      throw new UserError(last.reason(), last.hint());
    }
    return new CallFailure(CallFailure.Kind.REFUSED, reasons());
  }

  /// Why this call has come to nothing, in the words of each server.
  String reasons() {
    return refusals.entrySet().stream()
        .map(entry -> reason(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private String reason(FleetServer server, CallFailure failure) {
    return switch (failure.kind()) {
      case REFUSED, FORBIDDEN, GONE -> failure.reason();
      case BROKEN, BUSY -> failures(server) + " tries, the last: " + failure.reason();
    };
  }

  /// How long to wait after a failure: not at all where another server may do it.
  ///
  /// @param chance decides how far pauses of calls that failed together lie apart
  Duration pause(FleetServer server, Backoff growing, long chance) {
    int before = failures(server) - (servers > 1 ? 2 : 1);
    return before < 0 || !open(server) ? Duration.ZERO : growing.pause(before, chance);
  }
}
