package criticalwindows.rollout;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/// Runs what a protocol asks for, into a ledger: every experiment's loop.
///
/// Scripts run in waves of a few times the model's width. A wave holds scripts of items that are
/// open, and the first ones of items to come, so that the model always has enough to do side by
/// side. Resuming and starting are the same: what the ledger holds is not run again.
public final class Runner {
  /// Scripts in a wave, in widths of the model: enough that the thin end of a wave costs little.
  private static final int WIDTHS = 4;

  /// The same where each wave is to be of what is worth most by all waves before it.
  private static final int WIDTHS_BY_WORTH = 2;

  /// What goes before everything else: the first scripts of an item.
  private static final double FIRST = Double.POSITIVE_INFINITY;

  private final Protocol protocol;
  private final Ledger ledger;
  private final Meter meter;
  private final Progress progress;
  private final WaveWriter writer;
  private final KeySet done;
  private final Unfinished upcoming;
  private final int items;
  private final Map<String, Open> open = new HashMap<>();
  private final TreeMap<Integer, Open> heard = new TreeMap<>();
  private final PriorityQueue<Ready> ready = new PriorityQueue<>();
  private int urgent;
  private int begun;
  private int itemsDone;
  private int itemsKnown;
  private long scriptsDone;
  private long scriptsKnown;

  private Runner(Protocol protocol, Ledger ledger, Meter meter, Progress progress) {
    this.protocol = protocol;
    this.ledger = ledger;
    this.meter = meter;
    this.progress = progress;
    this.writer = new WaveWriter(protocol.model(), ledger, meter.clock());
    this.done = new KeySet(ledger.keys());
    this.upcoming = new Unfinished(ledger, done, protocol);
    this.items = ledger.problems().size();
    this.itemsDone = items - upcoming.items().size();
    this.itemsKnown = itemsDone;
    this.scriptsDone = ledger.problems().stream().mapToLong(item -> done.count(item.id())).sum();
    this.scriptsKnown =
        scriptsDone - upcoming.items().stream().mapToLong(item -> done.count(item.id())).sum();
  }

  /// Runs what the ledger does not hold yet. Whatever stops it, what has ended is in the ledger.
  ///
  /// @param clock for committing a long wave in parts; it has no influence on any sample
  /// @throws InterruptedException if the thread was interrupted; another run goes on from here
  public static void run(Protocol protocol, Ledger ledger, InstantSource clock, Progress progress)
      throws InterruptedException {
    run(protocol, ledger, Meter.unlimited(clock), progress);
  }

  /// As [#run(Protocol, Ledger, InstantSource, Progress)], until the meter's budget is spent. What
  /// was in flight then is dropped, and sampled again with the same seed by whoever goes on.
  ///
  /// @return about what is still needed; absent where everything was tried
  public static Optional<Remaining> run(
      Protocol protocol, Ledger ledger, Meter meter, Progress progress)
      throws InterruptedException {
    return new Runner(protocol, ledger, meter, progress).run();
  }

  /// How many scripts of these items the model runs at once.
  ///
  /// @throws criticalwindows.error.UserError if not even one fits it
  public static int width(Protocol protocol, List<Problem> items) {
    return protocol.model().width(items.stream().mapToInt(protocol::mostTokens).max().orElse(1));
  }

  /// An item that is begun and not done.
  private static final class Open {
    final Problem item;
    final int place;
    final Course course;
    long asked;
    int missing;
    boolean known;

    Open(Problem item, int place, Course course) {
      this.item = item;
      this.place = place;
      this.course = course;
    }
  }

  /// A task that waits: what is worth most first, then item by item, cut by cut, and at each the
  /// early answer first. In whatever order scripts end, a run that is made again goes to the model
  /// in the same waves, and so gets the same rounding.
  private record Ready(double worth, int place, Task task) implements Comparable<Ready> {
    private static final Comparator<Ready> ORDER =
        Comparator.comparingDouble(Ready::worth)
            .reversed()
            .thenComparingInt(Ready::place)
            .thenComparingInt(ready -> ready.task().key().kept())
            .thenComparing(ready -> ready.task().key().arm().name())
            .thenComparingInt(ready -> ready.task().key().index());

    @Override
    public int compareTo(Ready other) {
      return ORDER.compare(this, other);
    }
  }

  private Optional<Remaining> run() throws InterruptedException {
    int width = width(protocol, upcoming.items());
    report();
    try {
      for (List<Task> wave = next(width); !wave.isEmpty(); wave = next(width)) {
        run(wave);
      }
    } finally {
      writer.commit();
    }
    return itemsDone == items
        ? Optional.empty()
        : Optional.of(new Remaining(Math.max(1, expected() - scriptsDone), meter.spending()));
  }

  /// What is worth most of all that waits, as much as the budget allows.
  private List<Task> next(int width) {
    int size = (byWorth() ? WIDTHS_BY_WORTH : WIDTHS) * width;
    int left = meter.mayBegin(size);
    ask();
    do {
      while (upcoming.hasNext() && left > 0 && wantsMore(byWorth() ? size : left, width)) {
        begin(upcoming.next());
      }
      ask();
    } while (ready.isEmpty() && upcoming.hasNext() && left > 0);
    List<Task> wave = new ArrayList<>();
    while (wave.size() < left && !ready.isEmpty()) {
      Ready next = ready.remove();
      urgent -= next.worth() == FIRST ? 1 : 0;
      wave.add(next.task());
    }
    return wave;
  }

  private boolean byWorth() {
    return protocol.order() == Protocol.Order.BY_WORTH;
  }

  /// Whether another item is to be begun. Where a budget is spent by worth all of them are, before
  /// anything else; else so many are open that they fill a wave.
  private boolean wantsMore(int size, int width) {
    boolean all = byWorth() && !(meter.budget() instanceof Budget.Unlimited);
    return all ? urgent < size : ready.size() - urgent < size && open.size() < mostOpen(width);
  }

  /// Items that are open at once. Those of many scripts fill a wave by few; of those of few, so
  /// many that there are two waves of scripts: one runs, the next one's originals run with it. A
  /// model keeps the state of no more texts than half its width.
  private int mostOpen(int width) {
    int filling = 2 * WIDTHS * width / Math.max(1, protocol.atOnce());
    return Math.max(1, Math.clamp(filling, width / 8, width / 2));
  }

  private void begin(Problem item) {
    Open fresh = new Open(item, begun++, protocol.begin(item));
    open.put(item.id(), fresh);
    ask(fresh);
  }

  /// Asks every course that has heard something what comes next, until none of them has anything to
  /// ask that is there already.
  private void ask() {
    boolean any = !heard.isEmpty();
    while (!heard.isEmpty()) {
      List<Open> now = List.copyOf(heard.values());
      heard.clear();
      now.parallelStream().forEach(each -> each.course.prepare());
      now.forEach(this::ask);
    }
    protocol.record(writer::commit);
    if (any) {
      report();
    }
  }

  private void ask(Open of) {
    List<Task> tasks = of.course.next();
    boolean first = of.asked == 0;
    of.asked += tasks.size();
    boolean again = false;
    for (Task task : tasks) {
      if (done.contains(task.key())) {
        again |= upcoming.tell(of.item, task.key(), of.course);
      } else {
        of.missing++;
        double worth = first ? FIRST : of.course.worth(task, meter.budget());
        urgent += worth == FIRST ? 1 : 0;
        ready.add(new Ready(worth, of.place, task));
      }
    }
    if (of.missing > 0) {
      upcoming.forget(of.item);
    }
    if (of.course.settled()) {
      know(of);
    }
    if (!tasks.isEmpty() && (again || of.missing == 0)) {
      heard.put(of.place, of);
    } else if (of.missing == 0) {
      know(of);
      open.remove(of.item.id());
      upcoming.forget(of.item);
      itemsDone++;
      if (first) {
        report();
      }
    }
  }

  /// How many scripts an item takes is known.
  private void know(Open of) {
    if (!of.known) {
      of.known = true;
      itemsKnown++;
      scriptsKnown += Math.max(of.asked, done.count(of.item.id()));
    }
  }

  /// Runs a wave, and commits it: at once, or while the next one runs where the model computes
  /// elsewhere.
  private void run(List<Task> wave) throws InterruptedException {
    try {
      List<Joined> joined = Joined.of(wave);
      protocol.model().run(joined.stream().map(Joined::script).toList(), new Sink(joined));
    } catch (InterruptedException e) {
      if (!meter.spent()) {
        throw e;
      }
    } finally {
      if (protocol.model().elsewhere()) {
        writer.begin();
      } else {
        writer.commit();
      }
    }
    // Where the wave ended by itself, the interrupt that was to stop it has stopped nothing.
    if (meter.spent()) {
      Thread.interrupted();
    }
  }

  private void ended(Task task, List<Sample> rows) {
    done.add(task.key());
    Open of = tried(task);
    of.course.ended(task.key(), rows);
    report();
  }

  private Open tried(Task task) {
    Open of = Objects.requireNonNull(open.get(task.key().item()));
    of.missing--;
    scriptsDone++;
    heard.put(of.place, of);
    return of;
  }

  private final class Sink implements Model.Sink {
    private final List<Joined> wave;

    Sink(List<Joined> wave) {
      this.wave = wave;
    }

    @Override
    public void finished(int index, Completion completion) {
      Joined joined = wave.get(index);
      if (!completion.samples().isEmpty()) {
        meter.ended(completion.samples().stream().mapToLong(one -> one.logProbs().size()).sum());
      }
      for (int i = 0; i < joined.tasks().size(); i++) {
        Task task = joined.tasks().get(i);
        ended(task, writer.add(task, joined.part(i, completion)));
      }
      if (meter.spent()) {
        // What is in flight is dropped: a model stops at an interrupt, between two of its steps.
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void failed(int index, String reason) {
      for (Task task : wave.get(index).tasks()) {
        ledger.failed(task.key(), reason);
        tried(task);
      }
      report();
    }
  }

  private void report() {
    long expected = itemsKnown == 0 ? 0 : expected();
    long tokens = meter.spending().tokens();
    progress.at(new Progress.State(itemsDone, items, scriptsDone, expected, tokens));
  }

  /// All scripts of the run, by what the items that are known take each. While none is, as many as
  /// an item can take.
  private long expected() {
    return itemsKnown == 0
        ? (long) protocol.aboutScripts() * items
        : Math.max(scriptsDone, scriptsKnown * items / itemsKnown);
  }
}
