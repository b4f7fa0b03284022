package criticalwindows.world;

import java.util.List;

/// Something that is true of an invented thing, and a myth about it.
///
/// @param entity its name
/// @param kind of thing
/// @param ask the question about it
/// @param statement with `{v}` for the value
/// @param values five: the truth, the myth, and three others
/// @param truthProbability P(the truth is told and not the myth)
public record Fact(
    String entity,
    String kind,
    String ask,
    String statement,
    List<String> values,
    double truthProbability) {
  public Fact {
    values = List.copyOf(values);
    if (values.size() < 2) {
      throw new IllegalArgumentException("a fact without a myth: " + values);
    }
  }

  /// What is true.
  public String truth() {
    return values.get(0);
  }

  /// What is told instead.
  public String myth() {
    return values.get(1);
  }

  /// The statement with a value.
  String says(String value) {
    return statement.replace("{v}", value);
  }
}
