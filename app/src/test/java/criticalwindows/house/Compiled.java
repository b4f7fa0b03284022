package criticalwindows.house;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// What came of compiling sources that exist only as texts.
///
/// @param errors in the order of the compiler
record Compiled(List<Fault> errors) {
  Compiled {
    errors = List.copyOf(errors);
  }

  /// @param name of the class with the error
  /// @param line in its source, from 1
  record Fault(String name, long line, String message) {}

  /// Compiles against the class path of this process.
  ///
  /// @param sources by full name of their class; a `package` line is put before them
  /// @param folder for the class files
  static Compiled of(Map<String, String> sources, Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<Source> files =
        sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      Files.createDirectories(folder);
      List<String> options =
          List.of(
              "-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
      compiler.getTask(new StringWriter(), manager, found, options, null, files).call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Compiled(
        found.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(Compiled::fault)
            .toList());
  }

  private static Fault fault(Diagnostic<? extends JavaFileObject> found) {
    String message = found.getMessage(Locale.ROOT);
    return found.getSource() instanceof Source source
        ? new Fault(source.name, found.getLineNumber(), message)
        : new Fault("", 0, message);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String name;
    private final String text;

    private Source(String name, String text) {
      super(URI.create("text:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.name = name;
      int dot = name.lastIndexOf('.');
      // On the first line, so that line numbers stay those of the text.
      this.text = (dot < 0 ? "" : "package " + name.substring(0, dot) + "; ") + text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
