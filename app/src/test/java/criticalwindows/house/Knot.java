package criticalwindows.house;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Classes of one room that use each other in a circle, so that none of them can be read first.
///
/// @param uses by simple name of a class in the circle, those in it that it uses
record Knot(String room, SortedMap<String, SortedSet<String>> uses) {
  @Override
  public String toString() {
    return uses.entrySet().stream()
        .map(entry -> "\n  %s -> %s".formatted(entry.getKey(), String.join(", ", entry.getValue())))
        .collect(Collectors.joining("", "%s, %d classes:".formatted(room, uses.size()), ""));
  }

  /// Every knot, in the order of the rooms' names.
  static List<Knot> in(List<ReadClass> classes) {
    SortedMap<String, List<ReadClass>> rooms =
        classes.stream()
            .collect(
                Collectors.groupingBy(one -> one.name().room(), TreeMap::new, Collectors.toList()));
    List<Knot> knots = new ArrayList<>();
    rooms.forEach((room, itsClasses) -> knots.addAll(knots(room, new Graph(itsClasses))));
    return knots;
  }

  private static List<Knot> knots(String room, Graph graph) {
    return graph.uses.keySet().stream()
        .map(graph::circle)
        .filter(circle -> !circle.isEmpty())
        .distinct()
        .map(circle -> new Knot(room, graph.within(circle)))
        .toList();
  }

  /// The classes of one room.
  private static final class Graph {
    /// By class, the others that it uses.
    private final SortedMap<String, SortedSet<String>> uses = new TreeMap<>();

    /// A sealed type and its cases are one unit: each names the other, by definition. By class, the
    /// name of its unit.
    private final SortedMap<String, String> units = new TreeMap<>();

    /// By unit, all that can be reached along uses from it.
    private final SortedMap<String, SortedSet<String>> reached = new TreeMap<>();

    private Graph(List<ReadClass> classes) {
      for (ReadClass one : classes) {
        String name = one.name().top();
        units.put(name, name);
        SortedSet<String> used = uses.computeIfAbsent(name, _ -> new TreeSet<>());
        used.addAll(inRoom(one, one.uses()));
        used.remove(name);
      }
      for (ReadClass one : classes) {
        inRoom(one, one.cases()).forEach(permitted -> unite(permitted, one.name().top()));
      }
      units.values().forEach(unit -> reached.computeIfAbsent(unit, this::reach));
    }

    private static Set<String> inRoom(ReadClass one, Set<ReadClass.Name> names) {
      return names.stream()
          .filter(name -> name.room().equals(one.name().room()))
          .map(ReadClass.Name::top)
          .collect(Collectors.toSet());
    }

    private void unite(String one, String other) {
      String from = unit(one);
      String to = unit(other);
      units.replaceAll((_, unit) -> unit.equals(from) ? to : unit);
    }

    private String unit(String name) {
      return Objects.requireNonNull(units.get(name), name);
    }

    private SortedSet<String> reach(String start) {
      SortedSet<String> reach = new TreeSet<>();
      Deque<String> open = new ArrayDeque<>(List.of(start));
      while (!open.isEmpty()) {
        String from = open.pop();
        uses.forEach(
            (name, used) -> {
              if (unit(name).equals(from)) {
                used.stream()
                    .map(this::unit)
                    .filter(to -> !to.equals(from) && reach.add(to))
                    .forEach(open::push);
              }
            });
      }
      return reach;
    }

    /// The classes of all units that can be reached from this class's and that reach it; none where
    /// nothing leads back to it.
    private SortedSet<String> circle(String name) {
      String unit = unit(name);
      return units.keySet().stream()
          .filter(other -> reaches(unit, unit(other)) && reaches(unit(other), unit))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean reaches(String from, String to) {
      return reached.getOrDefault(from, new TreeSet<>()).contains(to);
    }

    private SortedMap<String, SortedSet<String>> within(Set<String> circle) {
      SortedMap<String, SortedSet<String>> within = new TreeMap<>();
      uses.forEach(
          (name, used) -> {
            if (circle.contains(name)) {
              within.put(
                  name,
                  used.stream()
                      .filter(circle::contains)
                      .collect(Collectors.toCollection(TreeSet::new)));
            }
          });
      return within;
    }
  }
}
