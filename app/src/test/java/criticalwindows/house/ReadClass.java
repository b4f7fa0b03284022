package criticalwindows.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What one class file says. A nested class counts as the top-level class that it is a part of.
///
/// @param uses every class of ours that it names, itself too
/// @param cases of the sealed type that it is; none where it is not sealed
record ReadClass(String module, Name name, Set<Name> uses, Set<Name> cases) {
  /// A class of ours, as a constant pool names it: alone, or in a descriptor or a signature.
  private static final Pattern CLASS =
      Pattern.compile("(?:^|L)criticalwindows/([a-z0-9_/]+)/([A-Z]\\w*)");

  ReadClass {
    uses = Set.copyOf(uses);
    cases = Set.copyOf(cases);
  }

  /// @param top the simple name of a top-level class
  record Name(String room, String top) implements Comparable<Name> {
    private static Name of(Matcher found) {
      return new Name(found.group(1).replace('/', '.'), found.group(2));
    }

    @Override
    public int compareTo(Name other) {
      int rooms = room.compareTo(other.room);
      return rooms != 0 ? rooms : top.compareTo(other.top);
    }
  }

  /// Reads every class file.
  ///
  /// @param folders of class files by module; one that is not there has no classes
  static List<ReadClass> all(Map<String, Path> folders) {
    List<ReadClass> classes = new ArrayList<>();
    folders.forEach((module, folder) -> readModule(module, folder, classes));
    return classes;
  }

  private static void readModule(String module, Path folder, List<ReadClass> classes) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
        read(module, ClassFile.of().parse(file)).ifPresent(classes::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @return nothing for module-info and package-info
  private static Optional<ReadClass> read(String module, ClassModel file) {
    Matcher own = CLASS.matcher(file.thisClass().asInternalName());
    if (!own.find()) {
      return Optional.empty();
    }
    Set<Name> uses = new TreeSet<>();
    for (PoolEntry entry : file.constantPool()) {
      if (entry instanceof Utf8Entry text) {
        uses.addAll(names(text.stringValue()));
      }
    }
    return Optional.of(new ReadClass(module, Name.of(own), uses, cases(file)));
  }

  private static Set<Name> cases(ClassModel file) {
    Set<Name> cases = new TreeSet<>();
    file.findAttribute(Attributes.permittedSubclasses())
        .ifPresent(
            found ->
                found
                    .permittedSubclasses()
                    .forEach(permitted -> cases.addAll(names(permitted.asInternalName()))));
    return cases;
  }

  private static List<Name> names(String text) {
    List<Name> names = new ArrayList<>();
    Matcher matcher = CLASS.matcher(text);
    while (matcher.find()) {
      names.add(Name.of(matcher));
    }
    return names;
  }
}
