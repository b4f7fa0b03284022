package criticalwindows.model;

import criticalwindows.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
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

  /// The text of the ids as a template writes it: control tokens by their names.
  default String named(Tokens tokens) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (controls().containsValue(tokens.at(i))) {
        text.append(decode(tokens.slice(from, i))).append(show(tokens.at(i)));
        from = i + 1;
      }
    }
    return text.append(decode(tokens.slice(from, tokens.size()))).toString();
  }

  /// The bytes that one token adds to a text, in UTF-8; none for a control token. Where a token is
  /// less than a character, the bytes are less than one too.
  default byte[] piece(int id) {
    return decode(Tokens.of(id)).getBytes(StandardCharsets.UTF_8);
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

  /// SHA-256 of all tokens in the order of their ids, in hexadecimal digits: the same ids mean the
  /// same in two vocabularies that have it in common.
  default String sha256() {
    MessageDigest digest = Sha256.digest();
    for (int id = 0; id < size(); id++) {
      byte[] piece = piece(id);
      digest.update(ByteBuffer.allocate(4).putInt(piece.length).array());
      digest.update(piece);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The token that begins every document, where the model was trained with one.
  OptionalInt begin();

  /// The tokens that end a turn or a document.
  Set<Integer> stops();
}
