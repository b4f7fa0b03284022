package criticalwindows.house;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The table of rooms in ARCHITECTURE.md: the order of the rooms, and every arrow between them.
record Layout(List<Room> rooms) {
  private static final Pattern HEADER =
      Pattern.compile("\\|\\s*Room\\s*\\|\\s*Module\\s*\\|\\s*Holds\\s*\\|\\s*May use\\s*\\|");

  Layout {
    rooms = List.copyOf(rooms);
  }

  /// One row.
  ///
  /// @param uses rooms above this one
  record Room(String name, String module, Set<String> uses) {
    Room {
      uses = Set.copyOf(uses);
    }

    private static Room parse(String row) {
      String[] cells = row.split("\\|", -1);
      if (cells.length != 6) {
        throw new IllegalArgumentException("a row of rooms has four cells: " + row);
      }
      Set<String> uses = new HashSet<>(words(cells[4]));
      return new Room(words(cells[1]).getFirst(), cells[2].strip(), uses);
    }

    private static List<String> words(String cell) {
      return Stream.of(cell.split(","))
          .map(word -> word.strip().replace("`", ""))
          .filter(word -> !word.isEmpty())
          .toList();
    }
  }

  /// Reads the one table of rooms of a Markdown text.
  static Layout parse(String markdown) {
    List<String> lines = markdown.lines().toList();
    int header = 0;
    while (header < lines.size() && !HEADER.matcher(lines.get(header)).matches()) {
      header++;
    }
    List<Room> rooms =
        lines.stream()
            .skip(header + 2L)
            .takeWhile(line -> line.startsWith("|"))
            .map(Room::parse)
            .toList();
    if (rooms.isEmpty()) {
      throw new IllegalArgumentException("no table | Room | Module | Holds | May use |");
    }
    return new Layout(rooms);
  }

  /// The rooms of some modules.
  Layout of(Set<String> modules) {
    return new Layout(rooms.stream().filter(room -> modules.contains(room.module())).toList());
  }

  /// Everything in which the table and the class files differ, and every arrow that points down.
  /// Where none does there is no cycle either.
  List<String> faults(Map<String, UsedRooms> classes) {
    List<String> faults = new ArrayList<>();
    Set<String> above = new HashSet<>();
    for (Room room : rooms) {
      UsedRooms found = classes.get(room.name());
      if (found == null) {
        faults.add("`%s` has a row but no classes: is its module built?".formatted(room.name()));
      } else {
        faults.addAll(moduleFaults(room, found.modules()));
        faults.addAll(arrowFaults(room, found.uses()));
        faults.addAll(downward(room, found.uses().keySet(), above));
      }
      if (!above.add(room.name())) {
        faults.add("`%s` has two rows".formatted(room.name()));
      }
    }
    classes.keySet().stream()
        .filter(room -> !above.contains(room))
        .map(room -> "`%s` has no row: add one, below every room that it uses".formatted(room))
        .forEach(faults::add);
    return faults;
  }

  private static List<String> moduleFaults(Room room, SortedSet<String> modules) {
    return modules.equals(Set.of(room.module()))
        ? List.of()
        : List.of("`%s` lives in %s, not in %s".formatted(room.name(), modules, room.module()));
  }

  private static List<String> arrowFaults(Room room, Map<String, String> uses) {
    List<String> faults = new ArrayList<>();
    uses.forEach(
        (used, witness) -> {
          if (!room.uses().contains(used)) {
            faults.add(
                "`%s` uses `%s` (%s does): add it to the row"
                    .formatted(room.name(), used, witness));
          }
        });
    room.uses().stream()
        .filter(used -> !uses.containsKey(used))
        .sorted()
        .map(
            used ->
                "`%s` uses nothing of `%s`: take it out of the row".formatted(room.name(), used))
        .forEach(faults::add);
    return faults;
  }

  private static List<String> downward(Room room, Set<String> uses, Set<String> above) {
    return Stream.concat(room.uses().stream(), uses.stream())
        .distinct()
        .sorted()
        .filter(used -> !above.contains(used))
        .map(used -> "`%s` uses `%s`, which is not above it".formatted(room.name(), used))
        .toList();
  }
}
