package criticalwindows.pictures;

import criticalwindows.world.Option;
import criticalwindows.world.Program;
import criticalwindows.world.ProgramDecision;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Every way in which the decisions of a program can go.
///
/// @param text what the option that leads here writes
/// @param probability of that option
/// @param path whether a certain reply came this way
/// @param answer of a leaf; empty for any other node
/// @param children in the order of the options
record DecisionTree(
    String text, double probability, boolean path, String answer, List<DecisionTree> children) {
  DecisionTree {
    children = List.copyOf(children);
  }

  /// The tree of a program of few decisions, found by running it until no leaf is missing.
  ///
  /// @param reply the one whose path is to be seen
  static DecisionTree of(Program program, WrittenReply reply) {
    Growing root = new Growing(new Option(1, ""));
    root.grow(reply, true);
    SplittableRandom random = new SplittableRandom(1);
    while (!root.whole()) {
      root.grow(WrittenReply.sample(program, random), false);
    }
    return root.grown();
  }

  /// The leaves from the first to the last.
  List<DecisionTree> leaves() {
    return children.isEmpty()
        ? List.of(this)
        : children.stream().flatMap(child -> child.leaves().stream()).toList();
  }

  private static final class Growing {
    private final Option option;
    private final List<Optional<Growing>> children = new ArrayList<>();
    private String answer = "";
    private boolean path;

    private Growing(Option option) {
      this.option = option;
    }

    private void grow(WrittenReply reply, boolean marked) {
      Growing at = this;
      at.path |= marked;
      for (ProgramDecision decision : reply.decisions()) {
        if (at.children.isEmpty()) {
          at.children.addAll(Collections.nCopies(decision.options().size(), Optional.empty()));
        }
        Option taken = decision.options().get(decision.taken());
        if (at.children.get(decision.taken()).isEmpty()) {
          at.children.set(decision.taken(), Optional.of(new Growing(taken)));
        }
        at = at.children.get(decision.taken()).orElseThrow();
        at.path |= marked;
      }
      at.answer = reply.answer();
    }

    private boolean whole() {
      return children.isEmpty()
          ? !answer.isEmpty()
          : children.stream().allMatch(child -> child.map(Growing::whole).orElse(false));
    }

    private DecisionTree grown() {
      List<DecisionTree> grown =
          children.stream().map(child -> child.orElseThrow().grown()).toList();
      return new DecisionTree(option.text(), option.probability(), path, answer, grown);
    }
  }
}
