package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// From tokens to a [Node]: lists of relations of sums of products, as mathematicians write them.
final class Parser {
  private static final Set<String> RELATIONS = Set.of("=", "<", ">", "≤", "≥", "≠", "≈", "∈", "≡");
  private static final Set<String> SEPARATORS = Set.of(",", ";", "\\\\", "and", "or");
  private static final Set<String> CLOSING = Set.of(")", "]", "}", "\\}", "⟩", "|");
  private static final Set<String> FUNCTION_LETTERS = Set.of("f", "g", "h", "F", "G");

  private final List<Token> tokens;
  private int at;
  private int depth;
  private int bars;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Node parse(List<Token> tokens) {
    int end = tokens.size();
    while (end > 0 && isTrailing(tokens.get(end - 1))) {
      end--;
    }
    Parser parser = new Parser(new ArrayList<>(tokens.subList(0, end)));
    Node node = parser.list();
    if (parser.peek().kind() != Token.Kind.END) {
      throw new Beyond("unexpected " + parser.peek().text());
    }
    return node;
  }

  private static boolean isTrailing(Token token) {
    return token.kind() == Token.Kind.MARK
        && (token.text().matches("[.,;:*]|and|or") || token.is("\\\\"));
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : Token.END;
  }

  Token take() {
    Token token = peek();
    at++;
    return token;
  }

  boolean skip(String mark) {
    if (peek().is(mark)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(String mark) {
    if (!skip(mark)) {
      throw new Beyond("no " + mark);
    }
  }

  /// Leaves the rest of a number where only its beginning was taken.
  void putBack(Token token) {
    at--;
    tokens.set(at, token);
  }

  private void deeper() {
    depth++;
    if (depth > Budget.DEPTH) {
      throw new Beyond("too deep");
    }
  }

  /// Items between separators; one alone is itself.
  Node list() {
    int start = at;
    List<Node> items = items();
    return items.size() == 1 ? items.getFirst() : new Node.Items(items, joint(start));
  }

  /// How the items that were read from a place on are joined: by the one word between them.
  Node.Joint joint(int start) {
    boolean and = false;
    boolean or = false;
    for (Token token : tokens.subList(start, Math.min(at, tokens.size()))) {
      and |= token.is("and");
      or |= token.is("or");
    }
    return and == or ? Node.Joint.COMMA : and ? Node.Joint.AND : Node.Joint.OR;
  }

  int at() {
    return at;
  }

  List<Node> items() {
    deeper();
    List<Node> items = new ArrayList<>();
    while (!ends()) {
      if (separator()) {
        at++;
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
    return peek().kind() == Token.Kind.MARK && SEPARATORS.contains(peek().text());
  }

  private boolean ends() {
    Token token = peek();
    return token.kind() == Token.Kind.END
        || (token.kind() == Token.Kind.MARK && CLOSING.contains(token.text()) && !opensBar())
        || (token.kind() == Token.Kind.COMMAND
            && (token.text().startsWith("end:") || token.text().matches("rfloor|rceil")))
        || token.is("&");
  }

  private boolean opensBar() {
    return peek().is("|") && bars == 0;
  }

  /// Sides with signs between them, or one alone.
  Node relation() {
    if (peek().is("=") || peek().is("≈")) { // "= 5"
      at++;
    }
    List<Node> sides = new ArrayList<>(List.of(union()));
    List<String> signs = new ArrayList<>();
    while (peek().kind() == Token.Kind.MARK && RELATIONS.contains(peek().text())) {
      signs.add(take().text());
      sides.add(union());
    }
    return signs.isEmpty() ? sides.getFirst() : new Node.Relation(sides, signs);
  }

  private Node union() {
    List<Node> parts = new ArrayList<>(List.of(ratio()));
    while (true) {
      if (skip("∪") || (peek().kind() == Token.Kind.LETTER && unionLetter())) {
        parts.add(ratio());
      } else if (skip("∖")) {
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
        peek().text().equals("U")
            && at > 0
            && (tokens.get(at - 1).is(")") || tokens.get(at - 1).is("]"))
            && (peek(1).is("(") || peek(1).is("["));
    at += between ? 1 : 0;
    return between;
  }

  private Node ratio() {
    List<Node> parts = new ArrayList<>(List.of(sum()));
    while (skip(":")) {
      parts.add(sum());
    }
    return parts.size() == 1 ? parts.getFirst() : new Node.Ratio(parts);
  }

  private Node sum() {
    deeper();
    List<Node> terms = new ArrayList<>(List.of(signed()));
    while (true) {
      Token token = peek();
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
    boolean bracket = skip("(");
    at++;
    Node modulus = factor();
    if (bracket) {
      expect(")");
    }
    return new Node.Residue(of, modulus);
  }

  private boolean modulus() {
    return mod(peek()) || (peek().is("(") && mod(peek(1)));
  }

  static boolean mod(Token token) {
    return token.kind() == Token.Kind.COMMAND && token.text().matches("pmod|bmod|mod");
  }

  /// A product and the signs before it.
  private Node signed() {
    int sign = 1;
    while (true) {
      if (skip("-")) {
        sign = -sign;
      } else if (skip("±")) {
        return new Node.PlusMinus(sign, product());
      } else if (skip("∓")) {
        return new Node.PlusMinus(-sign, product());
      } else if (!skip("+")) {
        Node product = product();
        return sign > 0 ? product : new Node.Neg(product);
      }
    }
  }

  private Node product() {
    List<Node> factors = new ArrayList<>(List.of(power()));
    while (true) {
      Node last = factors.getLast();
      if (skip("*")) {
        factors.add(factor());
      } else if (skip("/")) {
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
    while (peek().is("-") || peek().is("+")) {
      negative ^= take().is("-");
    }
    Node power = power();
    return negative ? new Node.Neg(power) : power;
  }

  /// Whether the fraction of a mixed number follows: `1 1/2`, `1\frac12`.
  private boolean mixed() {
    if (peek().kind() == Token.Kind.NUMBER) {
      return peek(1).is("/") && peek(2).kind() == Token.Kind.NUMBER && peek().spaced();
    }
    return peek().command("frac") && plainFraction();
  }

  private boolean plainFraction() {
    int i = 1;
    int numbers = 0;
    while (numbers < 2) {
      boolean braced = peek(i).is("{");
      Token number = peek(braced ? i + 1 : i);
      if (number.kind() != Token.Kind.NUMBER || number.text().indexOf('.') >= 0) {
        return false;
      }
      if (braced && !peek(i + 2).is("}")) {
        return false;
      }
      numbers += braced || number.text().length() == 1 ? 1 : 2;
      i += braced ? 3 : 1;
    }
    return true;
  }

  private Node fractionPart() {
    if (peek().command("frac")) {
      return new Primaries(this).primary();
    }
    Node top = new Node.Num(take().text());
    expect("/");
    return new Node.Quotient(top, new Node.Num(take().text()));
  }

  private boolean beginsFactor(Node last) {
    Token token = peek();
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
    return peek().text().equals("U") && (peek(1).is("(") || peek(1).is("["));
  }

  /// Words after a value: its unit, with its power.
  private boolean unit(List<Node> factors) {
    Node value = factors.size() == 1 ? factors.getFirst() : new Node.Product(List.copyOf(factors));
    StringBuilder unit = new StringBuilder();
    while (peek().kind() == Token.Kind.WORDS || fractionOfUnits()) {
      if (fractionOfUnits()) {
        at++;
        unit.append(' ').append(raw()).append('/').append(raw());
      } else {
        unit.append(' ').append(take().text());
      }
      if (peek().is("^")) {
        at++;
        unit.append('^').append(raw());
      }
      if ((peek().is("/") || peek().is("*")) && peek(1).kind() == Token.Kind.WORDS) {
        unit.append(take().text());
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
    return peek().command("frac") && peek(1).is("{") && peek(2).kind() == Token.Kind.WORDS;
  }

  /// The text of a group or of one token, for names and units.
  String raw() {
    if (!skip("{")) {
      return take().text();
    }
    StringBuilder text = new StringBuilder();
    int open = 1;
    while (open > 0) {
      Token token = take();
      if (token.kind() == Token.Kind.END) {
        throw new Beyond("a brace that does not close");
      }
      open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      text.append(open > 0 ? token.text() : "");
    }
    return text.toString();
  }

  /// A primary with powers and what is written after it.
  Node power() {
    deeper();
    Node node = postfix(new Primaries(this).primary());
    if (node instanceof Node.Num number && skip("_")) { // (110)_2
      node = Primaries.based(number.digits(), raw());
    }
    if (skip("^")) {
      if (degrees()) {
        node = new Node.Unit(node, "°");
      } else if (peek().is("'")) {
        node = postfix(node);
      } else {
        node = postfix(new Node.Power(node, exponent()));
      }
    }
    depth--;
    return node;
  }

  private boolean degrees() {
    if (skip("°")) {
      return true;
    }
    if (peek().is("{") && peek(1).is("°") && peek(2).is("}")) {
      at += 3;
      return true;
    }
    return false;
  }

  private Node exponent() {
    boolean negative = skip("-");
    Node exponent;
    if (skip("{")) {
      exponent = list();
      expect("}");
      if (skip("^")) {
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
      if (skip("!")) {
        result = new Node.Call("factorial", List.of(result));
      } else if (skip("%")) {
        result = new Node.Percent(result);
      } else if (skip("°")) {
        result = new Node.Unit(result, "°");
      } else if (skip("'")) {
        result = new Node.Call("'", List.of(result));
      } else {
        return result;
      }
    }
  }

  /// What stands between two bars.
  Node bars() {
    bars++;
    Node inside = sum();
    bars--;
    expect("|");
    return inside;
  }

  /// Whether a name, perhaps with its domain, and a bar or colon before conditions come next.
  boolean conditions() {
    int bar = peek(1).is("∈") ? 3 : 1;
    boolean named =
        peek().kind() == Token.Kind.LETTER
            && (peek(bar).is(":") || peek(bar).is("|") || peek(bar).is("∣"));
    for (int i = bar + 1; named && peek(i).kind() != Token.Kind.END; i++) {
      if (RELATIONS.contains(peek(i).text())) {
        return true;
      }
      named = !peek(i).is("\\}") && !peek(i).is("}");
    }
    return false;
  }

  /// The set of what meets conditions, up to its closing brace.
  Node where() {
    take();
    Node domain = skip("∈") ? new Node.Sym(take().text()) : new Node.Sym("ℝ");
    take();
    int start = at;
    List<Node> conditions = items();
    Node.Joint joint = joint(start);
    return new Node.Where(
        domain, new Node.Items(conditions, joint == Node.Joint.COMMA ? Node.Joint.AND : joint));
  }

  /// The arguments of a function letter such as `f(x)`, where one follows.
  Optional<List<Node>> arguments(String name) {
    boolean calls = FUNCTION_LETTERS.contains(name.substring(0, 1)) && peek().is("(");
    if (!calls) {
      return Optional.empty();
    }
    at++;
    List<Node> arguments = items();
    expect(")");
    return Optional.of(arguments);
  }
}
