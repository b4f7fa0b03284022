package criticalwindows.remote;

import criticalwindows.mistake.Mistake;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/// Servers of one model. A call goes to the one with the most room, and to another if that fails,
/// until there is one whole answer.
final class Fleet implements AutoCloseable {
  /// Tries of a request that a server takes and gives no sense for.
  private static final int MOST_TRIES = 8;

  /// Tries while servers say that they are busy.
  private static final int MOST_BUSY_TRIES = 60;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final List<Lane> lanes;
  private final Duration patience;
  private final Duration firstPause;
  private final HttpClient client;
  private final Deadline deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final LongAdder answered = new LongAdder();
  private final LongAdder underWay = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private long lastAnswer = System.nanoTime();

  Fleet(RemoteOptions options) {
    RemoteOptions.Load load = options.load();
    patience = load.patience();
    firstPause = load.pause();
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
  /// @throws Trouble if the request can never succeed
  /// @throws Mistake if no request can
  <T> T post(String path, byte[] body, long chance, Reader<T> reader)
      throws Trouble, InterruptedException {
    int broken = 0;
    for (int tries = 0; ; tries++) {
      Trouble trouble;
      try {
        T result = reader.read(Connection.json(exchange(path, body)));
        answered.increment();
        return result;
      } catch (Trouble e) {
        trouble = e;
      }
      broken += trouble.kind() == Trouble.Kind.BROKEN ? 1 : 0;
      giveUp(trouble, tries, broken);
      retries.increment();
      pause(trouble, Math.min(tries, 20), chance);
    }
  }

  /// A call's place is free again as soon as its answer is here: reading it takes nothing of the
  /// server.
  private byte[] exchange(String path, byte[] body) throws Trouble, InterruptedException {
    Lane lane = enter();
    long began = System.nanoTime();
    Left how = Left.UNDECIDED;
    try {
      byte[] answer = lane.connection().send(path, body);
      how = Left.ANSWERED;
      return answer;
    } catch (Trouble e) {
      how = Left.after(e.kind());
      throw e;
    } finally {
      underWay.add(System.nanoTime() - began);
      leave(lane, how);
    }
  }

  private void giveUp(Trouble trouble, int tries, int broken) throws Trouble {
    switch (trouble.kind()) {
      case FORBIDDEN ->
          throw new Mistake(
              trouble.reason(),
              "check the address, --served-model and the key ("
                  + ApiKey.VARIABLE
                  + " or --api-key-file)");
      case REFUSED -> throw trouble;
      case BROKEN -> {
        if (broken >= MOST_TRIES) {
          throw new Trouble(Trouble.Kind.REFUSED, broken + " tries, the last: " + trouble.reason());
        }
      }
      case BUSY -> {
        if (tries >= MOST_BUSY_TRIES) {
          throw new Trouble(Trouble.Kind.REFUSED, tries + " tries, the last: " + trouble.reason());
        }
      }
      case GONE -> {
        if (silence() > patience.toNanos()) {
          throw new Mistake(
              "no server has answered for " + patience.toSeconds() + " s: " + trouble.reason(),
              "start it again; what has ended is kept, and cw resume RUN goes on");
        }
      }
    }
  }

  /// Twice as long after each try, and somewhere between half of that and all, so that calls that
  /// failed together do not come back together. A pause that the server asked for is kept.
  private void pause(Trouble trouble, int tries, long chance) throws InterruptedException {
    if (trouble.kind() == Trouble.Kind.GONE) {
      return; // The lane rests.
    }
    long longest = Math.min(LONGEST_PAUSE.toNanos(), firstPause.toNanos() << Math.min(tries, 10));
    long mixed = (chance + tries) * 0x9e3779b97f4a7c15L;
    long nanos = longest / 2 + Math.floorMod(mixed ^ (mixed >>> 32), longest / 2 + 1);
    long asked = trouble.pause().map(Duration::toNanos).orElse(0L);
    Thread.sleep(Duration.ofNanos(Math.max(nanos, Math.min(asked, 600_000_000_000L))));
  }

  private long silence() {
    lock.lock();
    try {
      return System.nanoTime() - lastAnswer;
    } finally {
      lock.unlock();
    }
  }

  private Lane enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = System.nanoTime();
        Optional<Lane> best = emptiest(now);
        if (best.isPresent()) {
          best.get().enter();
          return best.get();
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
      lock.unlock();
    }
  }

  private Optional<Lane> emptiest(long now) {
    Optional<Lane> best = Optional.empty();
    for (Lane lane : lanes) {
      if (lane.takes(now) && (best.isEmpty() || lane.fullness() < best.get().fullness())) {
        best = Optional.of(lane);
      }
    }
    return best;
  }

  /// Until the first of those that rest may be tried again.
  private OptionalLong rest(long now) {
    return lanes.stream().mapToLong(lane -> lane.rest(now)).filter(rest -> rest > 0).min();
  }

  /// How a call ended, for the lane.
  private enum Left {
    ANSWERED,
    UNDECIDED,
    COMPLAINED,
    LOST;

    static Left after(Trouble.Kind kind) {
      return switch (kind) {
        case BUSY, BROKEN -> COMPLAINED;
        case GONE -> LOST;
        case REFUSED, FORBIDDEN -> UNDECIDED;
      };
    }
  }

  private void leave(Lane lane, Left how) {
    lock.lock();
    try {
      long now = System.nanoTime();
      switch (how) {
        case ANSWERED -> lane.answered();
        case UNDECIDED -> lane.refused();
        case COMPLAINED -> lane.complained();
        case LOST -> lane.lost(now);
      }
      if (how != Left.LOST) {
        lastAnswer = now;
      }
      for (int free = Math.min(2, lane.free()); free > 0; free--) {
        room.signal();
      }
      if (how == Left.LOST) {
        room.signalAll(); // They may go to another, or have to know how long this one rests.
      }
    } finally {
      lock.unlock();
    }
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

  /// From now on the servers have been silent for no time.
  void awake() {
    lock.lock();
    try {
      lastAnswer = System.nanoTime();
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
