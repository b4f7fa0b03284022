package criticalwindows.remote;

import criticalwindows.model.Tokens;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the ids of a vocabulary stand for: enough to decode, here, without asking anybody.
final class Pieces {
  private static final byte[] NOTHING = {};

  /// By id; nothing for control tokens.
  private final List<byte[]> pieces;

  private final Map<String, Integer> controls;
  private final Map<Integer, String> names = new HashMap<>();
  private final OptionalInt begin;
  private final Set<Integer> stops;

  /// @param pieces bytes by id; those of control tokens are not used
  Pieces(
      List<byte[]> pieces, Map<String, Integer> controls, OptionalInt begin, Set<Integer> stops) {
    this.pieces = new ArrayList<>(pieces);
    controls.values().forEach(id -> this.pieces.set(id, NOTHING));
    this.controls = Collections.unmodifiableMap(new TreeMap<>(controls));
    this.begin = begin;
    this.stops = Collections.unmodifiableSet(new TreeSet<>(stops));
    controls.forEach((name, id) -> names.put(id, name));
  }

  int size() {
    return pieces.size();
  }

  String decode(Tokens tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      bytes.writeBytes(pieces.get(tokens.at(i)));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  String show(int id) {
    String name = names.get(id);
    return name == null ? new String(pieces.get(id), StandardCharsets.UTF_8) : name;
  }

  byte[] piece(int id) {
    return pieces.get(id).clone();
  }

  Map<String, Integer> controls() {
    return controls;
  }

  OptionalInt begin() {
    return begin;
  }

  Set<Integer> stops() {
    return stops;
  }
}
