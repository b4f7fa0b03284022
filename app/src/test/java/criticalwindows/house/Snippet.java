package criticalwindows.house;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A block of Java in a document: statements, after imports if it has any.
///
/// @param where its file and the line of its fence
/// @param runs unless its fence says `norun`
/// @param lines between the fences
record Snippet(String where, boolean runs, List<String> lines) {
  Snippet {
    lines = List.copyOf(lines);
  }

  /// The blocks of a Markdown text, or of the `///` comment of a Java file.
  ///
  /// @param path of the document, for people
  static List<Snippet> in(String path, String text) {
    List<Snippet> found = new ArrayList<>();
    List<String> lines = text.lines().map(Snippet::bare).toList();
    for (int i = 0; i < lines.size(); i++) {
      String fence = lines.get(i).strip();
      if (fence.startsWith("```")) {
        int end = end(lines, i);
        if (fence.matches("```java( .*)?")) {
          boolean runs = !fence.endsWith(" norun");
          found.add(new Snippet(path + ":" + (i + 1), runs, lines.subList(i + 1, end)));
        }
        i = end;
      }
    }
    return found;
  }

  private static String bare(String line) {
    return line.replaceFirst("^\\s*/// ?", "");
  }

  private static int end(List<String> lines, int fence) {
    int end = fence + 1;
    while (end < lines.size() && !lines.get(end).strip().equals("```")) {
      end++;
    }
    return end;
  }

  /// A class of this name with the statements in its method `run`. Line n + 1 of it is line n of
  /// the block.
  String asClass(String name, Iterable<String> packages) {
    StringBuilder head = new StringBuilder("import java.nio.file.*; import java.util.*; ");
    packages.forEach(found -> head.append("import ").append(found).append(".*; "));
    lines.stream().filter(Snippet::isImport).forEach(line -> head.append(line).append(' '));
    head.append("class ").append(name).append(" { static void run() throws Exception {\n");
    return lines.stream()
        .map(line -> isImport(line) ? "" : line)
        .collect(Collectors.joining("\n", head, "\n} }\n"));
  }

  private static boolean isImport(String line) {
    return line.startsWith("import ");
  }
}
