package criticalwindows.grade;

import criticalwindows.grade.Statements.Statement;
import java.util.List;
import java.util.Optional;

/// Reads one kind of answer.
interface Reader {
  /// A text without what says nothing of the answer.
  String prepared(String text);

  /// The statements of a prepared text, in order.
  List<Statement> statements(String text);

  /// What a statement says the answer is.
  Answer stated(Statement statement);

  /// The answer of a text that is nothing else.
  Optional<Reading> whole(String text);

  /// The answer with which a text takes a statement back.
  Optional<Reading> corrected(String text, Statement statement);

  /// The answer of a text that states none this reader understands.
  Optional<Reading> unstated(String text, List<Statement> statements);
}
