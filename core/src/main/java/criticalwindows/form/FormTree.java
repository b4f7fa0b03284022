package criticalwindows.form;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The tree of a form's choices with their probabilities.
///
/// @param word that leads here; empty at the root
/// @param share P(the choices begin like this), among combinations
/// @param probability P(this choice | those before)
/// @param target whether the target comes this way
/// @param children likeliest first; those too rare to be drawn are left out
public record FormTree(
    String word, double share, double probability, boolean target, List<FormTree> children) {
  public FormTree {
    children = List.copyOf(children);
  }

  /// Grows the tree.
  ///
  /// @param share P(the choices begin like this)
  /// @param least share of a branch that is drawn; the target's always are
  public static FormTree of(
      FormPrompt prompt, ToDoubleFunction<Combination> share, Combination target, double least) {
    return new Growing(prompt, share, target, least).grow(Combination.NONE, "", 1);
  }

  /// The leaves from the first to the last.
  public List<FormTree> leaves() {
    return children.isEmpty()
        ? List.of(this)
        : children.stream().flatMap(child -> child.leaves().stream()).toList();
  }

  /// How many choices lead to the deepest leaf.
  public int depth() {
    return children.stream().mapToInt(child -> 1 + child.depth()).max().orElse(0);
  }

  private record Growing(
      FormPrompt prompt, ToDoubleFunction<Combination> share, Combination target, double least) {
    FormTree grow(Combination begun, String word, double probability) {
      double here = share.applyAsDouble(begun);
      List<FormTree> children = new ArrayList<>();
      if (begun.size() < prompt.blanks().size()) {
        List<FormBlank.Option> options = prompt.blanks().get(begun.size()).options();
        for (int i = 0; i < options.size(); i++) {
          Combination next = begun.plus(i);
          double there = share.applyAsDouble(next);
          if (there >= least || target.startsWith(next)) {
            children.add(grow(next, options.get(i).word(), here > 0 ? there / here : 0));
          }
        }
      }
      children.sort(Comparator.comparingDouble(FormTree::share).reversed());
      return new FormTree(word, here, probability, target.startsWith(begun), children);
    }
  }
}
