package criticalwindows.llamacpp;

import criticalwindows.model.Script;
import criticalwindows.model.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The scripts of one run that wait, by the text they start from.
final class Groups {
  private final Map<Tokens, Group> groups = new LinkedHashMap<>();

  /// How far a group's start is.
  enum State {
    /// Nobody has computed it.
    NEW,
    /// Its first script is computing it.
    LOADING,
    /// It was computed.
    READY
  }

  /// Scripts that start from the same text.
  static final class Group {
    private final Tokens start;
    private final Deque<Integer> scripts = new ArrayDeque<>();
    private Group root = this;
    private boolean shared;
    private State state = State.NEW;
    private Optional<float[]> row = Optional.empty();

    private Group(Tokens start) {
      this.start = start;
    }

    Tokens start() {
      return start;
    }

    /// Scripts that were not begun yet.
    int waiting() {
      return scripts.size();
    }

    /// The next script to begin.
    int take() {
      return scripts.remove();
    }

    /// The group whose start goes on from this one's, to be computed first: this one's then comes
    /// with it.
    Group root() {
      return root;
    }

    /// Whether others start from this text too, or from a prefix of it.
    boolean shared() {
      return shared;
    }

    State state() {
      return state;
    }

    void enter(State entered) {
      state = entered;
    }

    /// The logits after the start, where they are at hand.
    Optional<float[]> row() {
      return row;
    }

    void row(float[] logits) {
      row = Optional.of(logits);
    }
  }

  Groups(List<Script> scripts) {
    // Those that want the logits after their start come first: one of them gets the row that the
    // others share.
    add(scripts, Worker::asksFirst);
    add(scripts, script -> !Worker.asksFirst(script));
    findRoots();
  }

  private void add(List<Script> scripts, Predicate<Script> wanted) {
    for (int i = 0; i < scripts.size(); i++) {
      if (wanted.test(scripts.get(i))) {
        groups.computeIfAbsent(scripts.get(i).start(), Group::new).scripts.add(i);
      }
    }
  }

  /// In lexicographic order, a text is followed by those that go on from it.
  private void findRoots() {
    List<Group> sorted = new ArrayList<>(groups.values());
    sorted.sort((a, b) -> Arrays.compare(a.start.toArray(), b.start.toArray()));
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Group group = sorted.get(i);
      group.shared = group.scripts.size() > 1;
      if (i + 1 < sorted.size() && sorted.get(i + 1).start.startsWith(group.start)) {
        group.root = sorted.get(i + 1).root;
        group.root.shared = true;
      }
    }
  }

  /// Those with a script that wants the logits after its start first, each part in the order of the
  /// scripts.
  Collection<Group> all() {
    return groups.values();
  }

  /// Whether any script was not begun yet.
  boolean waiting() {
    return groups.values().stream().anyMatch(group -> !group.scripts.isEmpty());
  }

  /// Forgets the groups that have no script left.
  void removeFinished() {
    groups.values().removeIf(group -> group.scripts.isEmpty() && group.state == State.READY);
  }

  /// How many starts are worth keeping while this run lasts.
  int sharedRoots() {
    return (int)
        groups.values().stream().filter(group -> group.shared && group.root == group).count();
  }

  /// Whether a waiting script gains from a kept text: at least half of its start is there.
  boolean need(SharedPrefixes.SharedPrefix sharedPrefix) {
    return groups.values().stream()
        .anyMatch(
            group ->
                !group.scripts.isEmpty()
                    && 2 * sharedPrefix.covers(group.start) >= group.start.size());
  }
}
