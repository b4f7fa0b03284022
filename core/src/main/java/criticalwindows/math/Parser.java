package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// From tokens to a [Node]: lists of relations of sums of products, as mathematicians write them.
final class Parser implements Grammar {
  private static final Set<String> SEPARATORS = Set.of(",", ";", "\\\\", "and", "or");
  private static final Set<String> CLOSING = Set.of(")", "]", "}", "\\}", "⟩", "|");

  private final TokenReader tokens;
  private final Primaries primaries;
  private int depth;
  private int bars;

  private Parser(List<MathToken> tokens) {
    this.tokens = new TokenReader(tokens);
    this.primaries = new Primaries(this.tokens, this);
  }

  static Node parse(List<MathToken> tokens) {
    int end = tokens.size();
    while (end > 0 && isTrailing(tokens.get(end - 1))) {
      end--;
    }
    Parser parser = new Parser(tokens.subList(0, end));
    Node node = parser.list();
    if (parser.tokens.peek().kind() != MathToken.Kind.END) {
      throw new Beyond("unexpected " + parser.tokens.peek().text());
    }
    return node;
  }

  private static boolean isTrailing(MathToken token) {
    return token.kind() == MathToken.Kind.MARK
        && (token.text().matches("[.,;:*]|and|or") || token.is("\\\\"));
  }

  private void deeper() {
    depth++;
    if (depth > WorkLimits.DEPTH) {
      throw new Beyond("too deep");
    }
  }

  @Override
  public Node list() {
    int start = tokens.at();
    List<Node> items = items();
    return items.size() == 1 ? items.getFirst() : new Node.Items(items, joint(start));
  }

  /// How the items that were read from a place on are joined: by the one word between them.
  private Node.Joint joint(int start) {
    List<MathToken> read = tokens.since(start);
    boolean and = read.stream().anyMatch(token -> token.is("and"));
    boolean or = read.stream().anyMatch(token -> token.is("or"));
    return and == or ? Node.Joint.COMMA : and ? Node.Joint.AND : Node.Joint.OR;
  }

  @Override
  public List<Node> items() {
    deeper();
    List<Node> items = new ArrayList<>();
    while (!ends()) {
      if (separator()) {
        tokens.take();
      } else {
        items.add(relation());
        if (!ends() && !separator()) {
          break;
        }
      }
    }
    if (items.isEmpty()) {
      throw new Beyond("nothing between separators");
    }
    depth--;
    return items;
  }

  private boolean separator() {
    return tokens.peek().kind() == MathToken.Kind.MARK && SEPARATORS.contains(tokens.peek().text());
  }

  private boolean ends() {
    MathToken token = tokens.peek();
    return token.kind() == MathToken.Kind.END
        || (token.kind() == MathToken.Kind.MARK && CLOSING.contains(token.text()) && !opensBar())
        || (token.kind() == MathToken.Kind.COMMAND
            && (token.text().startsWith("end:") || token.text().matches("rfloor|rceil")))
        || token.is("&");
  }

  private boolean opensBar() {
    return tokens.peek().is("|") && bars == 0;
  }

  @Override
  public Node relation() {
    if (tokens.peek().is("=") || tokens.peek().is("≈")) { // "= 5"
      tokens.take();
    }
    List<Node> sides = new ArrayList<>(List.of(union()));
    List<String> signs = new ArrayList<>();
    while (tokens.peek().kind() == MathToken.Kind.MARK
        && RELATIONS.contains(tokens.peek().text())) {
      signs.add(tokens.take().text());
      sides.add(union());
    }
    return signs.isEmpty() ? sides.getFirst() : new Node.Relation(sides, signs);
  }

  private Node union() {
    List<Node> parts = new ArrayList<>(List.of(ratio()));
    while (true) {
      if (tokens.skip("∪") || (tokens.peek().kind() == MathToken.Kind.LETTER && unionLetter())) {
        parts.add(ratio());
      } else if (tokens.skip("∖")) {
        Node from = parts.size() == 1 ? parts.getFirst() : new Node.Union(List.copyOf(parts));
        parts.clear();
        parts.add(new Node.Without(from, ratio()));
      } else {
        return parts.size() == 1 ? parts.getFirst() : new Node.Union(parts);
      }
    }
  }

  /// `(0, 1) U (2, 3)`.
  private boolean unionLetter() {
    boolean between =
        tokens.peek().text().equals("U")
            && (tokens.before().is(")") || tokens.before().is("]"))
            && (tokens.peek(1).is("(") || tokens.peek(1).is("["));
    if (between) {
      tokens.take();
    }
    return between;
  }

  private Node ratio() {
    List<Node> parts = new ArrayList<>(List.of(sum()));
    while (tokens.skip(":")) {
      parts.add(sum());
    }
    return parts.size() == 1 ? parts.getFirst() : new Node.Ratio(parts);
  }

  private Node sum() {
    deeper();
    List<Node> terms = new ArrayList<>(List.of(signed()));
    while (true) {
      MathToken token = tokens.peek();
      if (token.is("+") || token.is("-") || token.is("±") || token.is("∓")) {
        terms.add(signed());
      } else {
        depth--;
        return residue(terms.size() == 1 ? terms.getFirst() : new Node.Sum(terms));
      }
    }
  }

  /// With the modulus that follows, if one does: `3 \pmod 7`, `3 (mod 7)`.
  private Node residue(Node of) {
    if (!modulus()) {
      return of;
    }
    boolean bracket = tokens.skip("(");
    tokens.take();
    Node modulus = factor();
    if (bracket) {
      tokens.expect(")");
    }
    return new Node.Residue(of, modulus);
  }

  private boolean modulus() {
    return mod(tokens.peek()) || (tokens.peek().is("(") && mod(tokens.peek(1)));
  }

  static boolean mod(MathToken token) {
    return token.kind() == MathToken.Kind.COMMAND && token.text().matches("pmod|bmod|mod");
  }

  /// A product and the signs before it.
  private Node signed() {
    int sign = 1;
    while (true) {
      if (tokens.skip("-")) {
        sign = -sign;
      } else if (tokens.skip("±")) {
        return new Node.PlusMinus(sign, product());
      } else if (tokens.skip("∓")) {
        return new Node.PlusMinus(-sign, product());
      } else if (!tokens.skip("+")) {
        Node product = product();
        return sign > 0 ? product : new Node.Neg(product);
      }
    }
  }

  private Node product() {
    List<Node> factors = new ArrayList<>(List.of(power()));
    while (true) {
      Node last = factors.getLast();
      if (tokens.skip("*")) {
        factors.add(factor());
      } else if (tokens.skip("/")) {
        Node bottom = factor();
        Node top = factors.size() == 1 ? last : new Node.Product(List.copyOf(factors));
        factors.clear();
        factors.add(new Node.Quotient(top, bottom));
      } else if (last instanceof Node.Num whole && whole.whole() && mixed()) {
        factors.set(factors.size() - 1, new Node.Sum(List.of(whole, fractionPart())));
      } else if (beginsFactor(last)) {
        factors.add(power());
      } else if (unit(factors)) {
        return factors.size() == 1 ? factors.getFirst() : new Node.Product(factors);
      } else {
        return factors.size() == 1 ? last : new Node.Product(factors);
      }
    }
  }

  /// After `*` and `/` a sign may stand.
  private Node factor() {
    boolean negative = false;
    while (tokens.peek().is("-") || tokens.peek().is("+")) {
      negative ^= tokens.take().is("-");
    }
    Node power = power();
    return negative ? new Node.Neg(power) : power;
  }

  /// Whether the fraction of a mixed number follows: `1 1/2`, `1\frac12`.
  private boolean mixed() {
    if (tokens.peek().kind() == MathToken.Kind.NUMBER) {
      return tokens.peek(1).is("/")
          && tokens.peek(2).kind() == MathToken.Kind.NUMBER
          && tokens.peek().spaced();
    }
    return tokens.peek().command("frac") && plainFraction();
  }

  private boolean plainFraction() {
    int i = 1;
    int numbers = 0;
    while (numbers < 2) {
      boolean braced = tokens.peek(i).is("{");
      MathToken number = tokens.peek(braced ? i + 1 : i);
      if (number.kind() != MathToken.Kind.NUMBER || number.text().indexOf('.') >= 0) {
        return false;
      }
      if (braced && !tokens.peek(i + 2).is("}")) {
        return false;
      }
      numbers += braced || number.text().length() == 1 ? 1 : 2;
      i += braced ? 3 : 1;
    }
    return true;
  }

  private Node fractionPart() {
    if (tokens.peek().command("frac")) {
      return primaries.primary();
    }
    Node top = new Node.Num(tokens.take().text());
    tokens.expect("/");
    return new Node.Quotient(top, new Node.Num(tokens.take().text()));
  }

  private boolean beginsFactor(Node last) {
    MathToken token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> !(last instanceof Node.Num);
      case LETTER -> !unionAhead();
      case COMMAND ->
          !token.text().startsWith("end:")
              && !token.text().matches("rfloor|rceil|pmod|bmod|mod")
              && !fractionOfUnits();
      case MARK ->
          (!modulus() && Set.of("(", "[", "{", "√", "π", "∞", "⟨").contains(token.text()))
              || (token.is("|") && bars == 0);
      case WORDS, END -> false;
    };
  }

  private boolean unionAhead() {
    return tokens.peek().text().equals("U") && (tokens.peek(1).is("(") || tokens.peek(1).is("["));
  }

  /// Words after a value: its unit, with its power.
  private boolean unit(List<Node> factors) {
    Node value = factors.size() == 1 ? factors.getFirst() : new Node.Product(List.copyOf(factors));
    StringBuilder unit = new StringBuilder();
    while (tokens.peek().kind() == MathToken.Kind.WORDS || fractionOfUnits()) {
      if (fractionOfUnits()) {
        tokens.take();
        unit.append(' ').append(tokens.raw()).append('/').append(tokens.raw());
      } else {
        unit.append(' ').append(tokens.take().text());
      }
      if (tokens.peek().is("^")) {
        tokens.take();
        unit.append('^').append(tokens.raw());
      }
      if ((tokens.peek().is("/") || tokens.peek().is("*"))
          && tokens.peek(1).kind() == MathToken.Kind.WORDS) {
        unit.append(tokens.take().text());
      }
    }
    if (unit.isEmpty()) {
      return false;
    }
    factors.clear();
    factors.add(Quantities.of(value, unit.toString().strip()));
    return true;
  }

  /// `\frac{\text{m}}{\text{s}}`.
  private boolean fractionOfUnits() {
    return tokens.peek().command("frac")
        && tokens.peek(1).is("{")
        && tokens.peek(2).kind() == MathToken.Kind.WORDS;
  }

  @Override
  public Node power() {
    deeper();
    Node node = postfix(primaries.primary());
    if (node instanceof Node.Num number && tokens.skip("_")) { // (110)_2
      node = Primaries.based(number.digits(), tokens.raw());
    }
    if (tokens.skip("^")) {
      if (degrees()) {
        node = new Node.Unit(node, "°");
      } else if (tokens.peek().is("'")) {
        node = postfix(node);
      } else {
        node = postfix(new Node.Power(node, exponent()));
      }
    }
    depth--;
    return node;
  }

  private boolean degrees() {
    if (tokens.skip("°")) {
      return true;
    }
    if (tokens.peek().is("{") && tokens.peek(1).is("°") && tokens.peek(2).is("}")) {
      tokens.take();
      tokens.take();
      tokens.take();
      return true;
    }
    return false;
  }

  private Node exponent() {
    boolean negative = tokens.skip("-");
    Node exponent;
    if (tokens.skip("{")) {
      exponent = list();
      tokens.expect("}");
      if (tokens.skip("^")) {
        exponent = new Node.Power(exponent, exponent());
      }
    } else {
      exponent = power();
    }
    return negative ? new Node.Neg(exponent) : exponent;
  }

  private Node postfix(Node node) {
    Node result = node;
    while (true) {
      if (tokens.skip("!")) {
        result = new Node.Call("factorial", List.of(result));
      } else if (tokens.skip("%")) {
        result = new Node.Percent(result);
      } else if (tokens.skip("°")) {
        result = new Node.Unit(result, "°");
      } else if (tokens.skip("'")) {
        result = new Node.Call("'", List.of(result));
      } else {
        return result;
      }
    }
  }

  @Override
  public Node bars() {
    bars++;
    Node inside = sum();
    bars--;
    tokens.expect("|");
    return inside;
  }

  @Override
  public Node where() {
    tokens.take();
    Node domain = tokens.skip("∈") ? new Node.Sym(tokens.take().text()) : new Node.Sym("ℝ");
    tokens.take();
    int start = tokens.at();
    List<Node> conditions = items();
    Node.Joint joint = joint(start);
    return new Node.Where(
        domain, new Node.Items(conditions, joint == Node.Joint.COMMA ? Node.Joint.AND : joint));
  }
}
