package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.retry.Backoff;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/// Servers of one model. A call goes to the one with the most free places, and to another if that
/// fails, until there is one whole answer. A server that fails again and again is set aside and
/// tried again after a pause; a call is given up only when every server has refused it.
final class Fleet implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final List<FleetServer> servers;
  private final Duration retryFor;
  private final Backoff pauses;
  private final HttpClient client;
  private final Deadline deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final LongAdder answered = new LongAdder();
  private final LongAdder underWay = new LongAdder();
  private final LongAdder retries = new LongAdder();

  /// Calls that some server has refused and that wait for another; guarded by the lock.
  private int choosy;

  Fleet(RemoteOptions options) {
    RemoteOptions.Load load = options.load();
    retryFor = load.retryFor();
    pauses = new Backoff(load.pause(), LONGEST_PAUSE);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(
                Duration.ofSeconds(10).compareTo(load.timeout()) < 0
                    ? Duration.ofSeconds(10)
                    : load.timeout())
            // On the client's own thread: nothing of ours waits there, and each call is handed from
            // thread to thread less often.
            .executor(Runnable::run)
            .build();
    deadline = new Deadline(load.timeout());
    servers =
        options.servers().stream()
            .map(address -> new Connection(client, address, options.key(), deadline))
            .map(connection -> new FleetServer(connection, load.inFlight()))
            .toList();
  }

  /// Makes something of an answer.
  @FunctionalInterface
  interface Reader<T> {
    /// @throws CallFailure if the answer makes no sense
    T read(JsonNode answer) throws CallFailure;
  }

  /// The servers, in the order they were named.
  List<Connection> connections() {
    return servers.stream().map(FleetServer::connection).toList();
  }

  /// What the servers answer, from whichever it comes.
  ///
  /// @param chance decides how long a pause is, and nothing else
  /// @throws CallFailure if no server will ever answer this request
  /// @throws UserError if none will answer any
  <T> T post(String path, byte[] body, long chance, Reader<T> reader)
      throws CallFailure, InterruptedException {
    Attempts attempts = new Attempts(servers.size());
    while (true) {
      FleetServer server = enter(attempts);
      try {
        T result = read(server, exchange(server, path, body), reader);
        if (attempts.choosy()) {
          locked(now -> attempts.refusers().forEach(refuser -> refuser.blame(now)));
        }
        answered.increment();
        return result;
      } catch (CallFailure e) {
        attempts.add(server, e);
        requireSomebody(e);
        retries.increment();
        // Where nobody is, the server rests, and calls need not.
        boolean gone = e.kind() == CallFailure.Kind.GONE;
        Thread.sleep(gone ? Duration.ZERO : attempts.pause(server, pauses, chance));
      }
    }
  }

  /// A call's place is free again as soon as its answer is here: reading it takes nothing of the
  /// server.
  private byte[] exchange(FleetServer server, String path, byte[] body)
      throws CallFailure, InterruptedException {
    long began = System.nanoTime();
    LongConsumer end = now -> server.dropped();
    try {
      byte[] answer = server.connection().send(path, body);
      end = now -> server.answered();
      return answer;
    } catch (CallFailure e) {
      end = now -> failed(server, e, now);
      throw e;
    } finally {
      underWay.add(System.nanoTime() - began);
      locked(end);
    }
  }

  private void failed(FleetServer server, CallFailure failure, long now) {
    server.failed(failure, FleetServer.Placed.YES, now);
    failure
        .pause()
        .ifPresent(
            asked ->
                server.pause(now, (asked.compareTo(retryFor) < 0 ? asked : retryFor).toNanos()));
    // Who waits may go to another, or has to know how long this one rests.
    freed.signalAll();
  }

  private <T> T read(FleetServer server, byte[] answer, Reader<T> reader) throws CallFailure {
    try {
      T result = reader.read(Connection.json(answer));
      if (server.suspect()) {
        locked(now -> server.well());
      }
      return result;
    } catch (CallFailure e) {
      locked(now -> server.failed(e, FleetServer.Placed.NO, now));
      throw e;
    }
  }

  /// Changes what is known of the servers, and wakes those for whom there is a free place now.
  private void locked(LongConsumer change) {
    lock.lock();
    try {
      change.accept(System.nanoTime());
      if (choosy > 0) {
        freed.signalAll();
        return;
      }
      long free = Math.min(2, servers.stream().mapToInt(FleetServer::free).max().orElse(0));
      for (; free > 0; free--) {
        freed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireSomebody(CallFailure failure) {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (servers.stream().allMatch(server -> server.silence(now) > retryFor.toNanos())) {
        throw new UserError(
            "no server has answered for " + retryFor.toSeconds() + " s: " + failure.reason(),
            "start it again; what has ended is kept, and cw resume RUN goes on");
      }
    } finally {
      lock.unlock();
    }
  }

  private FleetServer enter(Attempts attempts) throws CallFailure, InterruptedException {
    lock.lockInterruptibly();
    int one = attempts.choosy() ? 1 : 0;
    choosy += one;
    try {
      while (true) {
        long now = System.nanoTime();
        Optional<FleetServer> best = best(attempts, now);
        if (best.isPresent()) {
          best.get().enter();
          return best.get();
        }
        if (attempts.choosy()) {
          requireHope(attempts, now);
        }
        // Somebody left or the time is up; either way it is looked again.
        OptionalLong rest = rest(now);
        if (rest.isPresent()) {
          long _ = freed.awaitNanos(rest.getAsLong());
        } else {
          freed.await();
        }
      }
    } finally {
      choosy -= one;
      lock.unlock();
    }
  }

  /// Of those with a free place, the one that failed this call least often; of equals the emptiest.
  private Optional<FleetServer> best(Attempts attempts, long now) {
    Optional<FleetServer> best = Optional.empty();
    for (FleetServer server : servers) {
      if (server.takes(now)
          && attempts.open(server)
          && (best.isEmpty() || better(server, best.get(), attempts))) {
        best = Optional.of(server);
      }
    }
    return best;
  }

  private static boolean better(FleetServer server, FleetServer best, Attempts attempts) {
    int fewer = Integer.compare(attempts.failures(server), attempts.failures(best));
    return fewer == 0 ? server.fullness() < best.fullness() : fewer < 0;
  }

  /// Those that have not refused the call must not all have been silent for too long.
  private void requireHope(Attempts attempts, long now) throws CallFailure {
    for (FleetServer server : servers) {
      if (attempts.open(server) && server.silence(now) <= retryFor.toNanos()) {
        return;
      }
    }
    throw new CallFailure(
        CallFailure.Kind.REFUSED,
        attempts.reasons() + "; no other server has answered for " + retryFor.toSeconds() + " s");
  }

  /// Until the first of those that rest may be tried again.
  private OptionalLong rest(long now) {
    return servers.stream().mapToLong(server -> server.rest(now)).filter(rest -> rest > 0).min();
  }

  long answered() {
    return answered.sum();
  }

  long retries() {
    return retries.sum();
  }

  Duration underWay() {
    return Duration.ofNanos(underWay.sum());
  }

  int inFlight() {
    lock.lock();
    try {
      return servers.stream().mapToInt(FleetServer::inFlight).sum();
    } finally {
      lock.unlock();
    }
  }

  /// The servers that are set aside, each with what went wrong there last.
  List<String> aside() {
    lock.lock();
    try {
      return servers.stream()
          .filter(FleetServer::aside)
          .map(server -> server.connection().address() + " (" + server.reason() + ")")
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// From now on the servers have been silent for no time.
  void awake() {
    lock.lock();
    try {
      servers.forEach(FleetServer::awake);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    deadline.close();
    client.shutdownNow();
    try {
      boolean _ = client.awaitTermination(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
