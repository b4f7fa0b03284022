package criticalwindows.llamacpp;

import criticalwindows.llamacpp.Groups.Group;
import criticalwindows.llamacpp.Groups.State;
import criticalwindows.llamacpp.SharedPrefixes.SharedPrefix;
import criticalwindows.model.Model;
import criticalwindows.model.Sampler;
import criticalwindows.model.Script;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One run of scripts through a context.
///
/// The lowest sequences hold kept texts (shared prefixes); those above hold scripts at work,
/// without holes between them, because llama.cpp is much slower with holes. A script that starts
/// from a kept text forks from it. Of scripts with the same start, one computes what is missing of
/// it, and the others follow with its logits. Then every step computes one batch: the next token of
/// each script, or the next piece of what it was fed.
final class Scheduler {
  private final Context context;
  private final SharedPrefixes sharedPrefixes;
  private final Tally tally;
  private final List<Script> scripts;
  private final Vocabulary vocabulary;
  private final Model.Sink sink;
  private final Groups groups;
  private final Sampler sampler;
  private final float[] row;
  private final int base;
  // Place i is sequence base + i. Those from `end` on are empty; there are holes only between
  // steps.
  private final @Nullable Place[] places;
  private int end;

  /// What a run works with.
  ///
  /// @param sharedPrefixes texts that are kept
  record Engine(
      Context context, SharedPrefixes sharedPrefixes, Tally tally, Vocabulary vocabulary) {}

  /// Counts what is done, by all workers of a model.
  static final class Tally {
    private final LongAdder computed = new LongAdder();
    private final LongAdder sampled = new LongAdder();
    private final LongAdder decodes = new LongAdder();
    private final LongAdder forks = new LongAdder();

    void decoded(int tokens) {
      computed.add(tokens);
      decodes.increment();
    }

    Counters counters() {
      return new Counters(computed.sum(), sampled.sum(), decodes.sum(), forks.sum());
    }
  }

  /// The logits after the token at a place of a script's text are in this row.
  private record Asked(int at, int row) {}

  /// A script at work.
  private static final class Place {
    private final Worker worker;
    // The group whose start it computes for the others.
    private Optional<Group> leads = Optional.empty();
    // The logits after its start, for a text it is about to keep.
    private Optional<float[]> startRow = Optional.empty();
    // The rows of the batch that it has asked for.
    private final List<Asked> asked = new ArrayList<>();

    private Place(Worker worker) {
      this.worker = worker;
    }
  }

  Scheduler(Engine engine, List<Script> scripts, Model.Sink sink) {
    this.context = engine.context;
    this.sharedPrefixes = engine.sharedPrefixes;
    this.tally = engine.tally;
    this.vocabulary = engine.vocabulary;
    this.scripts = scripts;
    this.sink = sink;
    groups = new Groups(scripts);
    sampler = new Sampler(vocabulary.size());
    row = new float[vocabulary.size()];
    base = sharedPlaces();
    places = new Place[context.shape().sequences() - base];
  }

  /// Sequences for kept texts: those there are, those to come, at most half of all.
  private int sharedPlaces() {
    long keeps = scripts.stream().filter(Worker::keeps).count();
    long wanted = sharedPrefixes.size() + keeps + groups.sharedRoots();
    int most = context.shape().sequences() / 2;
    return (int) Math.min(most, Math.max(sharedPrefixes.end(), wanted));
  }

  /// Runs all scripts to their ends.
  void run() throws InterruptedException {
    try {
      admit();
      while (end > 0 || groups.waiting()) {
        if (end > 0) {
          step();
        }
        admit();
      }
    } finally {
      for (int i = 0; i < places.length; i++) {
        context.clear(base + i);
      }
    }
  }

  private void step() throws InterruptedException {
    fill();
    tally.decoded(context.decode());
    for (int i = 0; i < end; i++) {
      Place place = places[i];
      if (place != null) {
        follow(place, i);
      }
    }
  }

  /// Every script gets at least one token and one row into the batch, the first ones more where
  /// they have more.
  private void fill() {
    for (int i = 0; i < end; i++) {
      Place place = places[i];
      if (place != null) {
        read(place, i);
      }
    }
  }

  private void read(Place place, int i) {
    Worker worker = place.worker;
    int sequence = base + i;
    int others = end - 1 - i;
    int from = context.held(sequence);
    int to = Math.min(worker.length(), from + context.room() - others);
    for (int at = from; at < to; at++) {
      if (at < worker.wanted()) {
        context.read(worker.token(at), sequence);
      } else if (context.rowsLeft() > others) {
        place.asked.add(new Asked(at, context.ask(worker.token(at), sequence)));
      } else {
        return;
      }
    }
  }

  private void follow(Place place, int i) {
    if (place.leads.isPresent() && context.held(base + i) >= place.leads.get().start().size()) {
      lead(place, i, place.leads.get());
    }
    if (!place.asked.isEmpty()) {
      for (Asked asked : place.asked) {
        context.row(asked.row, row);
        take(place, asked.at, row);
      }
      place.asked.clear();
      taken(place, i);
    }
  }

  /// The start of a group is computed: the others may follow.
  private void lead(Place place, int i, Group group) {
    place.leads = Optional.empty();
    group.enter(State.READY);
    for (Asked asked : place.asked) {
      if (asked.at + 1 == group.start().size()) {
        context.row(asked.row, row);
        group.row(row.clone());
        place.startRow = group.row();
      }
    }
    if (group.shared()) {
      keep(place, i, group.start());
    }
  }

  private void take(Place place, int at, float[] logits) {
    long before = place.worker.drawn();
    place.worker.take(at, logits, sampler);
    tally.sampled.add(place.worker.drawn() - before);
  }

  private void taken(Place place, int i) {
    context.trim(base + i, place.worker.intact());
    settle(place, i);
  }

  /// Keeps what is to be kept, and reports a script that has ended.
  private void settle(Place place, int i) {
    int keep = place.worker.takeKeep(context.held(base + i));
    if (keep > 0) {
      keep(place, i, place.worker.prefix(keep));
    }
    if (place.worker.done()) {
      places[i] = null;
      // Where it ended before the start was computed, the next one has to.
      place.leads.ifPresent(group -> group.enter(State.NEW));
      sink.finished(place.worker.index(), place.worker.completion());
    }
  }

  /// Copies a sequence to a place for kept texts, unless it is there already.
  private void keep(Place place, int i, Tokens text) {
    int held = Math.min(text.size(), context.held(base + i));
    if (held > 0) {
      sharedPrefixes
          .add(
              text,
              held,
              base,
              sharedPrefix -> groups.need(sharedPrefix) || context.serves(sharedPrefix.sequence()))
          .ifPresent(sharedPrefix -> context.keep(base + i, sharedPrefix.sequence(), held));
      Tokens start = place.worker.script().start();
      place.startRow.ifPresent(logits -> sharedPrefixes.remember(start, logits));
    }
  }

  private void fork(int from, int to, int kept) {
    context.fork(from, to, kept);
    if (kept > 0) {
      tally.forks.increment();
    }
  }

  /// Scripts take the places of those that ended; then holes that are left are closed.
  private void admit() {
    int free = places.length;
    for (int i = 0; i < end; i++) {
      free -= places[i] == null ? 0 : 1;
    }
    if (free > 0) {
      for (Group group : groups.all()) {
        if (free > 0) {
          free -= beginSome(group, free);
        }
      }
      groups.removeFinished();
    }
    closeHoles();
  }

  /// Begins scripts of a group. Returns how many places they take now or are sure to take next.
  private int beginSome(Group group, int free) {
    return switch (group.state()) {
      case LOADING -> 0;
      case READY -> beginFollowers(group, free);
      case NEW -> {
        Group root = group.root();
        boolean near = most(group) >= group.start().size() - 1;
        yield near || root == group || root.state() == State.READY || root.waiting() == 0
            ? beginLeader(group, free)
            : root.state() == State.NEW ? beginLeader(root, free) : 0;
      }
    };
  }

  private int most(Group group) {
    return sharedPrefixes
        .best(group.start())
        .map(sharedPrefix -> sharedPrefix.covers(group.start()))
        .orElse(0);
  }

  /// Its first script computes what is missing of the start, unless the logits after it are kept.
  private int beginLeader(Group group, int free) {
    Optional<float[]> known =
        sharedPrefixes.best(group.start()).flatMap(sharedPrefix -> sharedPrefix.row(group.start()));
    if (known.isPresent()) {
      group.row(known.get());
      group.enter(State.READY);
      return beginFollowers(group, free);
    }
    group.enter(State.LOADING);
    int i = hole();
    Place place = begin(group, i);
    place.leads = Optional.of(group);
    if (place.worker.done()) {
      settle(place, i);
      return 0;
    }
    return 1 + Math.min(free - 1, group.waiting());
  }

  /// The others fork from the start, and draw their first tokens from its one row.
  private int beginFollowers(Group group, int free) {
    int taken = 0;
    while (taken < free && group.waiting() > 0) {
      int i = hole();
      Place place = begin(group, i);
      if (group.row().isPresent() && Worker.asksFirst(place.worker.script())) {
        place.startRow = group.row();
        take(place, group.start().size() - 1, group.row().get());
        taken(place, i);
      } else if (place.worker.done()) {
        settle(place, i);
      }
      taken += places[i] == null ? 0 : 1;
    }
    return taken;
  }

  private int hole() {
    int i = 0;
    while (places[i] != null) {
      i++;
    }
    return i;
  }

  /// Puts a group's next script in a place, with as much of its start as is kept. Where the logits
  /// after the start are wanted and not at hand, its last token is left to be computed again.
  private Place begin(Group group, int i) {
    int index = group.take();
    Script script = scripts.get(index);
    Place place = new Place(new Worker(index, script, vocabulary));
    places[i] = place;
    end = Math.max(end, i + 1);
    boolean missing = Worker.asksFirst(script) && group.row().isEmpty();
    int useful = script.start().size() - (missing ? 1 : 0);
    Optional<SharedPrefix> sharedPrefix = sharedPrefixes.best(script.start());
    if (sharedPrefix.isPresent()) {
      int kept = Math.min(useful, sharedPrefix.get().covers(script.start()));
      fork(sharedPrefix.get().sequence(), base + i, kept);
    } else {
      context.clear(base + i);
    }
    return place;
  }

  /// Moves the last scripts into the holes, so that the sequences at work lie side by side.
  private void closeHoles() {
    for (int i = 0; i < end; i++) {
      while (end > i && places[end - 1] == null) {
        end--;
      }
      if (i < end && places[i] == null) {
        int last = end - 1;
        context.move(base + last, base + i);
        places[i] = places[last];
        places[last] = null;
      }
    }
  }
}
