package criticalwindows.grade;

import criticalwindows.math.CanonicalForm;
import criticalwindows.math.MathForms;
import criticalwindows.math.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Comparisons a second on one core: the right answers of MATH-500 against their own rewritings,
/// both sides parsed each time, nothing kept between them. We want 20,000.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GradingSpeed {
  private static final Pattern ANSWER = Pattern.compile("\"answer\": \"((?:[^\"\\\\]|\\\\.)*)\"");

  /// All answers, or those that are not plain whole numbers.
  @Param({"all", "not whole"})
  public String answers = "all";

  private final List<String> golds = new ArrayList<>();
  private final List<String> rewritten = new ArrayList<>();
  private int next;

  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder().include(GradingSpeed.class.getName()).build()).run();
  }

  @Setup
  public void read() throws IOException {
    Matcher answer = ANSWER.matcher(Files.readString(file()));
    while (answer.find()) {
      String gold = answer.group(1).replaceAll("\\\\(.)", "$1");
      if (answers.equals("all") || !gold.matches("-?[0-9]+")) {
        golds.add(gold);
        rewritten.add(rewritten(gold));
      }
    }
    for (int i = 0; i < golds.size(); i++) {
      if (!same()) {
        throw new IllegalStateException(golds.get(i) + " is not " + rewritten.get(i));
      }
    }
  }

  private static Path file() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared/data/math/math500.jsonl");
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new IllegalStateException("no ../shared/data/math beside the project");
  }

  private static String rewritten(String gold) {
    String plain =
        gold.matches("-?[0-9]+")
            ? gold + ".0"
            : gold.replace("\\frac", "\\dfrac")
                .replace("(", "\\left( ")
                .replace(")", " \\right)")
                .replace("+", " + ");
    return "$" + plain + "$.";
  }

  @Benchmark
  public boolean same() {
    next = next + 1 < golds.size() ? next + 1 : 0;
    CanonicalForm one = MathForms.of(golds.get(next), Policies.STANDARD);
    return one.equals(MathForms.of(rewritten.get(next), Policies.STANDARD));
  }
}
