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

/// Servers of one model. A call goes to the one with the most room, and to another if that fails,
/// until there is one whole answer. A server that fails again and again is set aside and tried
/// again after a pause; a call is given up only when every server has refused it.
final class Fleet implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final List<Lane> lanes;
  private final Duration patience;
  private final Backoff pauses;
  private final HttpClient client;
  private final Deadline deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final LongAdder answered = new LongAdder();
  private final LongAdder underWay = new LongAdder();
  private final LongAdder retries = new LongAdder();

  /// Calls that some server has refused and that wait for another; guarded by the lock.
  private int choosy;

  Fleet(RemoteOptions options) {
    RemoteOptions.Load load = options.load();
    patience = load.patience();
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
    lanes =
        options.servers().stream()
            .map(address -> new Connection(client, address, options.key(), deadline))
            .map(connection -> new Lane(connection, load.inFlight()))
            .toList();
  }

  /// Makes something of an answer.
  @FunctionalInterface
  interface Reader<T> {
    /// @throws Trouble if the answer makes no sense
    T read(JsonNode answer) throws Trouble;
  }

  /// The servers, in the order they were named.
  List<Connection> connections() {
    return lanes.stream().map(Lane::connection).toList();
  }

  /// What the servers answer, from whichever it comes.
  ///
  /// @param chance decides how long a pause is, and nothing else
  /// @throws Trouble if no server will ever answer this request
  /// @throws UserError if none will answer any
  <T> T post(String path, byte[] body, long chance, Reader<T> reader)
      throws Trouble, InterruptedException {
    Attempts attempts = new Attempts(lanes.size());
    while (true) {
      Lane lane = enter(attempts);
      try {
        T result = read(lane, exchange(lane, path, body), reader);
        if (attempts.choosy()) {
          locked(now -> attempts.refusers().forEach(refuser -> refuser.blame(now)));
        }
        answered.increment();
        return result;
      } catch (Trouble e) {
        attempts.add(lane, e);
        requireSomebody(e);
        retries.increment();
        // Where nobody is, the lane rests, and calls need not.
        boolean gone = e.kind() == Trouble.Kind.GONE;
        Thread.sleep(gone ? Duration.ZERO : attempts.pause(lane, pauses, chance));
      }
    }
  }

  /// A call's place is free again as soon as its answer is here: reading it takes nothing of the
  /// server.
  private byte[] exchange(Lane lane, String path, byte[] body)
      throws Trouble, InterruptedException {
    long began = System.nanoTime();
    LongConsumer end = now -> lane.dropped();
    try {
      byte[] answer = lane.connection().send(path, body);
      end = now -> lane.answered();
      return answer;
    } catch (Trouble e) {
      end = now -> failed(lane, e, now);
      throw e;
    } finally {
      underWay.add(System.nanoTime() - began);
      locked(end);
    }
  }

  private void failed(Lane lane, Trouble trouble, long now) {
    lane.failed(trouble, Lane.Placed.YES, now);
    trouble
        .pause()
        .ifPresent(
            asked -> lane.pause(now, (asked.compareTo(patience) < 0 ? asked : patience).toNanos()));
    // Who waits may go to another, or has to know how long this one rests.
    room.signalAll();
  }

  private <T> T read(Lane lane, byte[] answer, Reader<T> reader) throws Trouble {
    try {
      T result = reader.read(Connection.json(answer));
      if (lane.suspect()) {
        locked(now -> lane.well());
      }
      return result;
    } catch (Trouble e) {
      locked(now -> lane.failed(e, Lane.Placed.NO, now));
      throw e;
    }
  }

  /// Changes what is known of the servers, and wakes those for whom there is room now.
  private void locked(LongConsumer change) {
    lock.lock();
    try {
      change.accept(System.nanoTime());
      if (choosy > 0) {
        room.signalAll();
        return;
      }
      long free = Math.min(2, lanes.stream().mapToInt(Lane::free).max().orElse(0));
      for (; free > 0; free--) {
        room.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireSomebody(Trouble trouble) {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (lanes.stream().allMatch(lane -> lane.silence(now) > patience.toNanos())) {
        throw new UserError(
            "no server has answered for " + patience.toSeconds() + " s: " + trouble.reason(),
            "start it again; what has ended is kept, and cw resume RUN goes on");
      }
    } finally {
      lock.unlock();
    }
  }

  private Lane enter(Attempts attempts) throws Trouble, InterruptedException {
    lock.lockInterruptibly();
    int one = attempts.choosy() ? 1 : 0;
    choosy += one;
    try {
      while (true) {
        long now = System.nanoTime();
        Optional<Lane> best = best(attempts, now);
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
          long _ = room.awaitNanos(rest.getAsLong());
        } else {
          room.await();
        }
      }
    } finally {
      choosy -= one;
      lock.unlock();
    }
  }

  /// Of those with room, the one that failed this call least often; of equals the emptiest.
  private Optional<Lane> best(Attempts attempts, long now) {
    Optional<Lane> best = Optional.empty();
    for (Lane lane : lanes) {
      if (lane.takes(now)
          && attempts.open(lane)
          && (best.isEmpty() || better(lane, best.get(), attempts))) {
        best = Optional.of(lane);
      }
    }
    return best;
  }

  private static boolean better(Lane lane, Lane best, Attempts attempts) {
    int fewer = Integer.compare(attempts.failures(lane), attempts.failures(best));
    return fewer == 0 ? lane.fullness() < best.fullness() : fewer < 0;
  }

  /// Those that have not refused the call must not all have been silent for too long.
  private void requireHope(Attempts attempts, long now) throws Trouble {
    for (Lane lane : lanes) {
      if (attempts.open(lane) && lane.silence(now) <= patience.toNanos()) {
        return;
      }
    }
    throw new Trouble(
        Trouble.Kind.REFUSED,
        attempts.reasons() + "; no other server has answered for " + patience.toSeconds() + " s");
  }

  /// Until the first of those that rest may be tried again.
  private OptionalLong rest(long now) {
    return lanes.stream().mapToLong(lane -> lane.rest(now)).filter(rest -> rest > 0).min();
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
      return lanes.stream().mapToInt(Lane::inFlight).sum();
    } finally {
      lock.unlock();
    }
  }

  /// The servers that are set aside, each with what went wrong there last.
  List<String> aside() {
    lock.lock();
    try {
      return lanes.stream()
          .filter(Lane::aside)
          .map(lane -> lane.connection().address() + " (" + lane.reason() + ")")
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// From now on the servers have been silent for no time.
  void awake() {
    lock.lock();
    try {
      lanes.forEach(Lane::awake);
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
