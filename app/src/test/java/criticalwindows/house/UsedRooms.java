package criticalwindows.house;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one room's class files say.
///
/// @param modules whose classes it has; more than one is a fault
/// @param uses other rooms, each with a class that uses it
record UsedRooms(SortedSet<String> modules, SortedMap<String, String> uses) {
  /// @return by room
  static SortedMap<String, UsedRooms> of(List<ReadClass> classes) {
    SortedMap<String, UsedRooms> rooms = new TreeMap<>();
    classes.forEach(one -> add(one, rooms));
    return rooms;
  }

  private static void add(ReadClass one, Map<String, UsedRooms> rooms) {
    String room = one.name().room();
    UsedRooms found =
        rooms.computeIfAbsent(room, _ -> new UsedRooms(new TreeSet<>(), new TreeMap<>()));
    found.modules.add(one.module());
    one.uses().stream()
        .map(ReadClass.Name::room)
        .filter(other -> !other.equals(room))
        .forEach(other -> found.uses.putIfAbsent(other, one.name().top()));
  }
}
