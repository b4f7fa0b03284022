package criticalwindows.house;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Compiles blocks of Java and runs them, one after the other, in a process and a folder of their
/// own.
///
/// @param packages imported whole by every block
record Snippets(List<Snippet> all, Collection<String> packages) {
  private static final int MOST_MINUTES = 5;
  private static final String RUNNER = "RunSnippets";

  /// What the compiler has against the blocks, by file and line.
  List<String> compile(Path folder) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      sources.put("Snippet" + i, all.get(i).asClass("Snippet" + i, packages));
    }
    sources.put(RUNNER, runner());
    return Compiled.of(sources, folder).errors().stream().map(this::show).toList();
  }

  private String show(Compiled.Fault fault) {
    Snippet snippet = all.get(Integer.parseInt(fault.name().substring("Snippet".length())));
    int colon = snippet.where().lastIndexOf(':');
    long line = Long.parseLong(snippet.where().substring(colon + 1)) + fault.line() - 1;
    return snippet.where().substring(0, colon) + ":" + line + ": " + fault.message();
  }

  private String runner() {
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).runs()) {
        calls.append("System.out.println(\"== ").append(all.get(i).where()).append("\");\n");
        calls.append("Snippet").append(i).append(".run();\n");
      }
    }
    return "class %s { public static void main(String[] none) throws Exception {\n%s} }\n"
        .formatted(RUNNER, calls);
  }

  /// Runs them to the end, or to the first that throws.
  ///
  /// @param folder that [#compile] wrote to
  /// @return the exit status in the first line, then everything they printed
  String run(Path folder) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path work = Files.createDirectories(folder.resolve("work"));
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    List<String> command =
        Stream.of(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of("--enable-native-access=ALL-UNNAMED"),
                List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"),
                List.of("-cp", classPath, RUNNER))
            .flatMap(List::stream)
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      return "no end after " + MOST_MINUTES + " minutes\n" + Files.readString(output);
    }
    return "exit " + process.exitValue() + "\n" + Files.readString(output);
  }
}
