package criticalwindows.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What one room's class files say.
///
/// @param modules whose classes it has; more than one is a fault
/// @param uses other rooms, each with a class that uses it
record UsedRooms(SortedSet<String> modules, SortedMap<String, String> uses) {
  /// A class of ours, as a constant pool names it: alone, or in a descriptor or a signature.
  private static final Pattern CLASS =
      Pattern.compile("(?:^|L)criticalwindows/([a-z0-9_/]+)/([A-Z]\\w*)");

  /// Reads every class file.
  ///
  /// @param folders of class files by module; one that is not there has no classes
  /// @return by room
  static SortedMap<String, UsedRooms> read(Map<String, Path> folders) {
    SortedMap<String, UsedRooms> rooms = new TreeMap<>();
    folders.forEach((module, folder) -> readModule(module, folder, rooms));
    return rooms;
  }

  private static void readModule(String module, Path folder, Map<String, UsedRooms> rooms) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        readClass(module, ClassFile.of().parse(file), rooms);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readClass(String module, ClassModel file, Map<String, UsedRooms> rooms) {
    Matcher own = CLASS.matcher(file.thisClass().asInternalName());
    if (!own.find()) {
      return; // module-info and package-info
    }
    String room = own.group(1).replace('/', '.');
    UsedRooms found =
        rooms.computeIfAbsent(room, _ -> new UsedRooms(new TreeSet<>(), new TreeMap<>()));
    found.modules.add(module);
    for (PoolEntry entry : file.constantPool()) {
      if (entry instanceof Utf8Entry text) {
        CLASS
            .matcher(text.stringValue())
            .results()
            .map(match -> match.group(1).replace('/', '.'))
            .filter(other -> !other.equals(room))
            .forEach(other -> found.uses.putIfAbsent(other, own.group(2)));
      }
    }
  }
}
