package criticalwindows.grade;

import java.util.List;
import java.util.Optional;

/// Reads one kind of answer.
interface Reader {
  /// What a statement says the answer is.
  Answer stated(Statements.Statement statement);

  /// The answer of a text that is nothing else.
  Optional<Reading> whole(String text);

  /// The answer of a response that states none this reader understands.
  Optional<Reading> unstated(String text, List<Statements.Statement> statements);
}
