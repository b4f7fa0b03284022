package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The innermost things of an expression: numbers, names, brackets and commands.
final class Primaries {
  private static final Set<String> DECORATIONS =
      Set.of("overline", "vec", "hat", "bar", "widehat", "tilde", "underline", "overrightarrow");
  private static final Set<String> MATRICES =
      Set.of("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "smallmatrix", "array");

  private static final Map<String, String> BASES =
      Map.ofEntries(
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"),
          Map.entry("sixteen", "16"),
          Map.entry("binary", "2"),
          Map.entry("octal", "8"),
          Map.entry("decimal", "10"),
          Map.entry("hexadecimal", "16"));

  private static final Set<String> FUNCTION_LETTERS = Set.of("f", "g", "h", "F", "G");

  private final TokenReader tokens;
  private final Grammar grammar;

  Primaries(TokenReader tokens, Grammar grammar) {
    this.tokens = tokens;
    this.grammar = grammar;
  }

  Node primary() {
    MathToken token = tokens.take();
    return switch (token.kind()) {
      case NUMBER -> number(token.text());
      case LETTER -> name(token.text());
      case WORDS -> words(token.text());
      case COMMAND -> command(token.text());
      case MARK -> mark(token.text());
      case END -> throw new Beyond("nothing more");
    };
  }

  private Node number(String digits) {
    return tokens.skip("_") ? based(digits, tokens.raw()) : new Node.Num(digits);
  }

  /// Digits in a base, which may be in words; in base ten they are a number.
  static Node based(String digits, String below) {
    String plain = below.toLowerCase(Locale.ROOT).replaceAll("base|[\\s~()-]", "");
    String base = BASES.getOrDefault(plain, plain);
    return base.equals("10") ? new Node.Num(digits) : new Node.Based(digits, base);
  }

  private Node name(String letter) {
    StringBuilder name = new StringBuilder(letter);
    if (tokens.skip("_")) {
      name.append('_').append(tokens.raw());
    }
    while (tokens.skip("'")) {
      name.append('\'');
    }
    return arguments(name.toString())
        .<Node>map(arguments -> new Node.Call(name.toString(), arguments))
        .orElseGet(() -> new Node.Sym(name.toString()));
  }

  /// A dollar sign before an amount, or words.
  private Node words(String text) {
    if (text.equals("$") && tokens.peek().kind() == MathToken.Kind.NUMBER) {
      return new Node.Unit(grammar.power(), "$");
    }
    return new Node.Words(text);
  }

  private Node mark(String mark) {
    return switch (mark) {
      case "(", "[", "⟨", "\\{" -> group(mark);
      case "{" -> {
        Node inside = conditions() ? grammar.where() : grammar.list();
        tokens.expect("}");
        yield inside;
      }
      case "|" -> new Node.Call("abs", List.of(grammar.bars()));
      case "√" -> root();
      case "π" -> new Node.Sym("π");
      case "∞" -> new Node.Infinity();
      default -> throw new Beyond("unexpected " + mark);
    };
  }

  private Node group(String open) {
    if (open.equals("\\{") && tokens.skip("\\}")) {
      return new Node.Group(open, List.of(), "\\}");
    }
    if (open.equals("\\{") && conditions()) {
      Node where = grammar.where();
      tokens.expect("\\}");
      return where;
    }
    List<Node> items = grammar.items();
    MathToken close = tokens.take();
    boolean closes =
        switch (open) {
          case "\\{" -> close.is("\\}");
          case "⟨" -> close.is("⟩");
          default -> close.is(")") || close.is("]");
        };
    if (!closes) {
      throw new Beyond("a bracket that does not close");
    }
    boolean parentheses = items.size() == 1 && !open.equals("\\{");
    return parentheses ? items.getFirst() : new Node.Group(open, items, close.text());
  }

  private Node root() {
    if (tokens.skip("[")) {
      Node degree = grammar.list();
      tokens.expect("]");
      return new Node.Call("root", List.of(argument(), degree));
    }
    return new Node.Call("root", List.of(argument(), new Node.Num("2")));
  }

  /// A command's argument: a group in braces, or the next thing alone.
  private Node argument() {
    if (tokens.skip("{")) {
      Node inside = grammar.list();
      tokens.expect("}");
      return inside;
    }
    return primary();
  }

  /// As [#argument], but of a number only the first digit: `\frac12`.
  private Node digit() {
    MathToken token = tokens.peek();
    if (token.kind() == MathToken.Kind.NUMBER && token.text().length() > 1) {
      tokens.take();
      tokens.putBack(new MathToken(MathToken.Kind.NUMBER, token.text().substring(1), false));
      return new Node.Num(token.text().substring(0, 1));
    }
    return argument();
  }

  private Node command(String name) {
    if (name.startsWith("begin:")) {
      return environment(name.substring("begin:".length()));
    }
    if (MathWords.FUNCTIONS.contains(name)) {
      return function(name);
    }
    if (DECORATIONS.contains(name)) {
      return argument();
    }
    return switch (name) {
      case "frac" -> new Node.Quotient(digit(), digit());
      case "binom" -> new Node.Call("binom", List.of(digit(), digit()));
      case "sqrt" -> root();
      case "lfloor" -> new Node.Call("floor", List.of(inside("rfloor")));
      case "lceil" -> new Node.Call("ceil", List.of(inside("rceil")));
      case "sum", "prod", "int", "lim" -> big(name);
      case "emptyset", "varnothing" -> new Node.Group("\\{", List.of(), "\\}");
      default -> named(name);
    };
  }

  /// A Greek letter or another name: nothing is known of it but that it is the same everywhere.
  private Node named(String name) {
    if (!name.matches("[A-Za-z]+")) {
      throw new Beyond("unexpected " + name);
    }
    return name("\\" + name);
  }

  private Node inside(String close) {
    Node inside = grammar.list();
    if (!tokens.take().command(close)) {
      throw new Beyond("no " + close);
    }
    return inside;
  }

  /// A sum, product or integral, which is known by its parts.
  private Node big(String name) {
    List<Node> parts = new ArrayList<>();
    while (tokens.peek().is("_") || tokens.peek().is("^")) {
      tokens.take();
      parts.add(argument());
    }
    parts.add(grammar.power());
    Node last = parts.removeLast();
    List<Node> factors = new ArrayList<>(List.of(last));
    while (tokens.peek().kind() == MathToken.Kind.LETTER
        || tokens.peek().kind() == MathToken.Kind.NUMBER
        || tokens.peek().is("(")
        || tokens.peek().command("frac")) {
      factors.add(grammar.power());
    }
    parts.add(new Node.Product(factors));
    return new Node.Call(name, parts);
  }

  /// A function with its power, its base and its argument: `\sin^2 x`, `\log_2(8)`.
  private Node function(String name) {
    Node exponent = new Node.Num("1");
    List<Node> base = new ArrayList<>();
    while (tokens.peek().is("^") || tokens.peek().is("_")) {
      if (tokens.take().is("^")) {
        exponent = argument();
      } else {
        base.add(argument());
      }
    }
    List<Node> arguments = new ArrayList<>(applied());
    arguments.addAll(base);
    Node call = new Node.Call(name, arguments);
    return exponent.equals(new Node.Num("1")) ? call : new Node.Power(call, exponent);
  }

  private List<Node> applied() {
    if (tokens.skip("(")) {
      List<Node> items = grammar.items();
      tokens.expect(")");
      return items;
    }
    List<Node> factors = new ArrayList<>(List.of(grammar.power()));
    while (tokens.peek().kind() == MathToken.Kind.LETTER
        || tokens.peek().is("π")
        || tokens.peek().kind() == MathToken.Kind.NUMBER) {
      factors.add(grammar.power());
    }
    return List.of(factors.size() == 1 ? factors.getFirst() : new Node.Product(factors));
  }

  private Node environment(String name) {
    if (name.equals("array")) {
      argument();
    }
    List<List<Node>> rows = new ArrayList<>();
    List<Node> row = new ArrayList<>();
    boolean matrix = MATRICES.contains(name);
    while (!tokens.peek().command("end:" + name)) {
      if (tokens.skip("\\\\")) {
        rows.add(List.copyOf(row));
        row.clear();
      } else if (!tokens.skip("&")) {
        row.add(grammar.relation());
        tokens.skip(matrix ? "" : ",");
      }
    }
    tokens.take();
    if (!row.isEmpty()) {
      rows.add(List.copyOf(row));
    }
    return matrix
        ? new Node.Matrix(rows)
        : new Node.Items(rows.stream().flatMap(List::stream).toList());
  }

  /// Whether a name, perhaps with its domain, and a bar or colon before conditions come next.
  private boolean conditions() {
    int bar = tokens.peek(1).is("∈") ? 3 : 1;
    boolean named =
        tokens.peek().kind() == MathToken.Kind.LETTER
            && (tokens.peek(bar).is(":") || tokens.peek(bar).is("|") || tokens.peek(bar).is("∣"));
    for (int i = bar + 1; named && tokens.peek(i).kind() != MathToken.Kind.END; i++) {
      if (Grammar.RELATIONS.contains(tokens.peek(i).text())) {
        return true;
      }
      named = !tokens.peek(i).is("\\}") && !tokens.peek(i).is("}");
    }
    return false;
  }

  /// The arguments of a function letter such as `f(x)`, where one follows.
  private Optional<List<Node>> arguments(String name) {
    boolean calls = FUNCTION_LETTERS.contains(name.substring(0, 1)) && tokens.peek().is("(");
    if (!calls) {
      return Optional.empty();
    }
    tokens.take();
    List<Node> arguments = grammar.items();
    tokens.expect(")");
    return Optional.of(arguments);
  }
}
