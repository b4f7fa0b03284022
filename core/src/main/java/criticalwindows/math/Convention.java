package criticalwindows.math;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How answers to one question are written, as far as its right answer shows. It is decided once
/// for a question, so that all answers to it are read alike and equality stays an equivalence.
///
/// @param policies what counts as the same
/// @param commas what commas are; those of a list as the right answer are between its items
/// @param modulus whether `(mod 7)` is part of an answer: not where the right answer has none
/// @param asked what an equation with several variables is
public record Convention(Policies policies, Commas commas, Modulus modulus, Asked asked) {
  private static final Pattern ONE_NUMBER =
      Pattern.compile("[$\\s{]*[0-9]{1,3}(?:,[0-9]{3})+[$\\s}.]*");

  private static final Pattern DECIMAL = Pattern.compile("[$\\s]*-?[0-9]+,[0-9]{2,}[$\\s]*");

  /// What commas are.
  public enum Commas {
    /// What the policies say.
    AS_CHOSEN,
    /// Between the items of a list.
    LIST
  }

  /// What becomes of `(mod 7)`.
  public enum Modulus {
    /// `3 (mod 7)` is not `3`.
    KEPT,
    /// It is `3`, as the question names the modulus.
    DROPPED
  }

  /// What a question asks for.
  public sealed interface Asked {
    /// Not known: `a = 2b` is `2b`, but lines in x and y are known by `y = …`.
    record Anything() implements Asked {}

    /// A value: `x = y + 2` is `y + 2`.
    record Value() implements Asked {}

    /// An equation in several variables.
    ///
    /// @param name what the right answer solves for, which an expression alone is
    /// @param variables all of the right answer's
    record Equation(Optional<String> name, List<String> variables) implements Asked {}
  }

  /// Where nothing is known of the right answer.
  public static Convention none(Policies policies) {
    return new Convention(policies, Commas.AS_CHOSEN, Modulus.KEPT, new Asked.Anything());
  }

  /// What the right answer to a question shows.
  ///
  /// @param gold the right answer
  public static Convention of(String gold, Policies policies) {
    if (gold.length() > WorkLimits.LENGTH) {
      return none(policies);
    }
    Policies listed = policies.withLists();
    try {
      List<MathToken> tokens = Lexer.read(Cleaned.of(gold), listed);
      Node node = Parser.parse(tokens);
      boolean list = gold.indexOf(',') >= 0 && separates(tokens);
      Modulus modulus = tokens.stream().anyMatch(Parser::mod) ? Modulus.KEPT : Modulus.DROPPED;
      return list
          ? new Convention(listed, Commas.LIST, modulus, asked(node))
          : new Convention(policies, Commas.AS_CHOSEN, modulus, asked(node));
    } catch (Beyond | ArithmeticException | NumberFormatException e) {
      return none(policies);
    }
  }

  /// As [#of], for one of two answers without a question: digits with a comma before two or more
  /// others are a decimal there, if the policies say so.
  public static Convention between(String one, Policies policies) {
    Convention convention = of(one, policies);
    return DECIMAL.matcher(one).matches()
        ? new Convention(policies, Commas.AS_CHOSEN, convention.modulus, convention.asked)
        : convention;
  }

  /// A text whose commas are what they are in the right answer: `100,200` are two numbers where a
  /// list is asked for.
  String separated(String text) {
    return commas == Commas.LIST && ONE_NUMBER.matcher(text).matches()
        ? text.replace(",", ", ")
        : text;
  }

  private static boolean separates(List<MathToken> tokens) {
    return tokens.stream().anyMatch(token -> token.is(",") || token.is(";"));
  }

  private static Asked asked(Node gold) {
    if (!(gold instanceof Node.Relation(List<Node> sides, List<String> signs))
        || !signs.equals(List.of("="))) {
      return gold instanceof Node.Relation || gold instanceof Node.Items
          ? new Asked.Anything()
          : new Asked.Value();
    }
    List<String> variables = List.copyOf(Symbols.free(gold));
    Optional<String> name = name(sides.get(0), sides.get(1));
    boolean equation =
        variables.size() > 1
            && variables.stream().noneMatch(each -> each.endsWith("("))
            && (name.isPresent() || !(Names.is(sides.get(0)) || Names.is(sides.get(1))));
    return equation ? new Asked.Equation(name, variables) : new Asked.Anything();
  }

  /// The variable alone on one side.
  static Optional<String> name(Node left, Node right) {
    if (Names.is(left) && left instanceof Node.Sym(String name)) {
      return Symbols.free(right).contains(name) ? Optional.empty() : Optional.of(name);
    }
    return Names.is(right) && right instanceof Node.Sym(String name)
        ? Symbols.free(left).contains(name) ? Optional.empty() : Optional.of(name)
        : Optional.empty();
  }
}
