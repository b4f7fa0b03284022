package criticalwindows.reading;

import java.util.Map;
import tools.jackson.core.JsonToken;

/// A layout of files that people have texts in.
interface Layout {
  /// By which `--layout` knows it.
  String name();

  /// What wrote such files, for people.
  String files();

  /// Whether a file is one of these.
  ///
  /// @param fields of its first object, by name, and what each begins with
  boolean fits(Map<String, JsonToken> fields);

  /// Reads a file. What is no text of this layout is an [IllegalArgumentException] within
  /// [Input#each] or [Input#at].
  void read(Input input, Found found);
}
