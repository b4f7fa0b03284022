package criticalwindows.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// What the house asks of one Java file, by its syntax alone.
final class Style extends TreeScanner<Void, Void> {
  static final int MOST_LINES_OF_A_FILE = 600;
  static final int MOST_LINES_OF_A_METHOD = 60;

  /// Rooms that may look at the clock and at the machine's time zone.
  private static final Set<String> CLOCKED = Set.of("cli", "bench");

  private static final Pattern CHANCE =
      Pattern.compile("(Strict)?Math\\.random|UUID\\.randomUUID|ThreadLocalRandom|SecureRandom");
  private static final Pattern CLOCK =
      Pattern.compile(
          "System\\.currentTimeMillis|(Instant|Year|(Local|Zoned|Offset)\\w+)\\.now"
              + "|Clock\\.(system|tick)\\w*|InstantSource\\.system|ZoneId\\.systemDefault");
  private static final Pattern LOCALE = Pattern.compile("Locale\\.getDefault|.*\\.formatted");
  private static final Pattern FORMATS = Pattern.compile("String\\.format|.*\\.printf");
  private static final Pattern CASES = Pattern.compile(".*\\.to(Upper|Lower)Case");
  private static final Set<String> GENERATORS = Set.of("Random", "SplittableRandom");
  private static final Pattern WORDLESS =
      Pattern.compile("(?i)utils?|commons?|internal|impl|helpers?|managers?|misc");
  private static final Pattern WORDLESS_ENDING =
      Pattern.compile("\\w*(Utils?|Impl|Helpers?|Manager|Misc)");

  private final String path;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final List<String> faults = new ArrayList<>();

  private Style(String path, CompilationUnitTree unit, SourcePositions positions) {
    this.path = path;
    this.unit = unit;
    this.positions = positions;
  }

  /// Everything in one file that the house does not want, each with its line.
  ///
  /// @param path from the project's root, with slashes; what is under src/test may look at clocks
  static List<String> faults(String path, String text) {
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(URI.create("text:///" + path), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    try {
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
      CompilationUnitTree unit = task.parse().iterator().next();
      Style style = new Style(path, unit, Trees.instance(task).getSourcePositions());
      style.file(text);
      style.scan(unit, null);
      return style.faults;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void file(String text) {
    long lines = text.lines().count();
    if (lines > MOST_LINES_OF_A_FILE) {
      faults.add(path + ": " + lines + " lines, at most " + MOST_LINES_OF_A_FILE);
    }
    if (unit.getPackageName() == null) {
      return;
    }
    for (String word : unit.getPackageName().toString().split("\\.", -1)) {
      if (WORDLESS.matcher(word).matches()) {
        faults.add(path + ": the package name " + word + " says nothing");
      }
    }
    if (path.endsWith("package-info.java") && !text.startsWith("/// ")) {
      faults.add(path + ": begins with a /// sentence on what the room holds");
    }
  }

  @Override
  public Void visitClass(ClassTree tree, Void nothing) {
    if (WORDLESS_ENDING.matcher(tree.getSimpleName()).matches()) {
      fault(tree, "the class name " + tree.getSimpleName() + " says nothing");
    }
    tree.getMembers().stream().filter(BlockTree.class::isInstance).forEach(this::length);
    return super.visitClass(tree, null);
  }

  @Override
  public Void visitMethod(MethodTree tree, Void nothing) {
    length(tree);
    return super.visitMethod(tree, null);
  }

  private void length(Tree tree) {
    long lines = line(positions.getEndPosition(unit, tree)) - line(tree) + 1;
    if (lines > MOST_LINES_OF_A_METHOD) {
      fault(tree, "a method of " + lines + " lines, at most " + MOST_LINES_OF_A_METHOD);
    }
  }

  @Override
  public Void visitIdentifier(IdentifierTree tree, Void nothing) {
    forbid(tree, tree.getName().toString());
    return super.visitIdentifier(tree, null);
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
    forbid(tree, tree.toString());
    return super.visitMemberSelect(tree, null);
  }

  @Override
  public Void visitMemberReference(MemberReferenceTree tree, Void nothing) {
    forbid(tree, tree.getQualifierExpression() + "." + tree.getName());
    return super.visitMemberReference(tree, null);
  }

  @Override
  public Void visitNewClass(NewClassTree tree, Void nothing) {
    String name = tree.getIdentifier().toString();
    if (inMain() && tree.getArguments().isEmpty() && GENERATORS.contains(name)) {
      fault(tree, "new " + name + "(): give it a seed");
    }
    if (inMain() && tree.getArguments().isEmpty() && name.equals("Date") && !mayUseClock()) {
      fault(tree, "new Date(): the clock is passed in");
    }
    return super.visitNewClass(tree, null);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
    String method = tree.getMethodSelect().toString();
    String first = tree.getArguments().isEmpty() ? "" : tree.getArguments().getFirst().toString();
    boolean needsLocale =
        FORMATS.matcher(method).matches() || (first.isEmpty() && CASES.matcher(method).matches());
    if (inMain() && needsLocale && !first.matches("(java\\.util\\.)?Locale\\..*|locale")) {
      fault(tree, method + " without a Locale");
    }
    return super.visitMethodInvocation(tree, null);
  }

  private void forbid(Tree tree, String name) {
    String bare = name.replaceFirst("^java(\\.[a-z]+)+\\.(?=[A-Z])", "");
    if (!inMain()) {
      return;
    }
    if (CHANCE.matcher(bare).matches()) {
      fault(tree, bare + ": chance comes from a seeded generator that is passed in");
    } else if (CLOCK.matcher(bare).matches() && !mayUseClock()) {
      fault(tree, bare + ": the clock is passed in");
    } else if (LOCALE.matcher(bare).matches()) {
      fault(tree, bare + " takes the machine's locale: name one");
    }
  }

  private boolean inMain() {
    return path.contains("src/main/");
  }

  private boolean mayUseClock() {
    return CLOCKED.stream().anyMatch(room -> path.contains("/criticalwindows/" + room + "/"));
  }

  private long line(Tree tree) {
    return line(positions.getStartPosition(unit, tree));
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }

  private void fault(Tree tree, String message) {
    faults.add(path + ":" + line(tree) + ": " + message);
  }
}
