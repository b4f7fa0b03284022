package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;

/// Tokens, taken one by one.
final class TokenReader {
  private final List<MathToken> tokens;
  private int at;

  TokenReader(List<MathToken> tokens) {
    this.tokens = new ArrayList<>(tokens);
  }

  /// How many are taken.
  int at() {
    return at;
  }

  /// Those that were taken from a place on.
  List<MathToken> since(int start) {
    return List.copyOf(tokens.subList(start, Math.min(at, tokens.size())));
  }

  /// The one that was taken last.
  MathToken before() {
    return at > 0 && at <= tokens.size() ? tokens.get(at - 1) : MathToken.END;
  }

  MathToken peek() {
    return peek(0);
  }

  MathToken peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : MathToken.END;
  }

  MathToken take() {
    MathToken token = peek();
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
  void putBack(MathToken token) {
    at--;
    tokens.set(at, token);
  }

  /// The text of a group or of one token, for names and units.
  String raw() {
    if (!skip("{")) {
      return take().text();
    }
    StringBuilder text = new StringBuilder();
    int open = 1;
    while (open > 0) {
      MathToken token = take();
      if (token.kind() == MathToken.Kind.END) {
        throw new Beyond("a brace that does not close");
      }
      open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      text.append(open > 0 ? token.text() : "");
    }
    return text.toString();
  }
}
