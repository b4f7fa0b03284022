package criticalwindows.model;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// The tokens a model reads and writes.
public interface Vocabulary {
  /// The number of ids; every id is in [0, size).
  int size();

  /// The ids of a plain text. Nothing in it is read as a control token, and no begin-of-text token
  /// is added, so that untrusted text stays text.
  Tokens encode(String text);

  /// The text of the ids. Control tokens (see [#controls]) are left out. An incomplete UTF-8
  /// sequence at either end becomes U+FFFD.
  String decode(Tokens tokens);

  /// The text of one token as it would be shown to a person, control tokens by their name.
  String show(int id);

  /// The bytes that one token adds to a text, in UTF-8; none for a control token. Where a token is
  /// less than a character, the bytes are less than one too.
  default byte[] piece(int id) {
    return decode(Tokens.of(id)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /// Control tokens by name, such as `<|eot_id|>`.
  Map<String, Integer> controls();

  /// The id of a control token.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  default int control(String name) {
    Integer id = controls().get(name);
    if (id == null) {
      throw new IllegalArgumentException("no control token named " + name);
    }
    return id;
  }

  /// The one token that a name stands for: the control token of that name, or what the name becomes
  /// as text, as `<think>` does in many vocabularies; absent where that is not one token.
  default OptionalInt marker(String name) {
    Integer control = controls().get(name);
    if (control != null) {
      return OptionalInt.of(control);
    }
    Tokens text = encode(name);
    return text.size() == 1 ? OptionalInt.of(text.at(0)) : OptionalInt.empty();
  }

  /// The token that begins every document, where the model was trained with one.
  OptionalInt begin();

  /// The tokens that end a turn or a document.
  Set<Integer> stops();
}
