package criticalwindows.report;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.stats.Interval;
import criticalwindows.view.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// The terminal and the page show every number alike: both follow `numbers.csv`.
@Isolated("the locale is of the whole process")
class NumbersTest {
  private static final Path CASES =
      Path.of("src/test/resources/criticalwindows/report/numbers.csv");
  private static final String SCRIPT =
      """
      const Numbers = require('./src/main/resources/criticalwindows/report/numbers.js');
      const cases = require('node:fs').readFileSync('CASES', 'utf8').trim().split('\\n');
      for (const each of cases) {
        const [kind, values] = each.split(';');
        console.log(`${kind};${values};${Numbers[kind](...values.split(',').map(Number))}`);
      }
      """;

  @Test
  void theTerminalFollowsTheCases() throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      for (String line : Files.readAllLines(CASES)) {
        String[] each = line.split(";", -1);
        double[] values = Arrays.stream(each[1].split(",")).mapToDouble(Double::valueOf).toArray();
        assertThat(shown(each[0], values)).as(line).isEqualTo(each[2]);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void thePageFollowsTheCases() throws Exception {
    String path = CASES.toString().replace('\\', '/');
    assertThat(ReadPage.node(List.of("-e", SCRIPT.replace("CASES", path))))
        .isEqualTo(Files.readString(CASES));
  }

  @Test
  void whatTheTerminalAloneShows() {
    assertThat(Numbers.interval(new Interval(.5, Double.POSITIVE_INFINITY))).isEqualTo("[0.50, ∞]");
    assertThat(Numbers.fine(.0482, new Interval(0, Double.POSITIVE_INFINITY))).isEqualTo("0.048");
    assertThat(Numbers.share(.5, new Interval(.25, .75))).isEqualTo("0.50 [0.25, 0.75]");
    assertThat(Numbers.tenth(4.25)).isEqualTo("4.3");
    assertThat(Numbers.times(Double.POSITIVE_INFINITY)).isEqualTo("∞");
    assertThat(Numbers.times(9.5)).isEqualTo("9.50");
    assertThat(Numbers.times(12.34)).isEqualTo("12.3");
    assertThat(Numbers.money(1e6)).isEqualTo("1,000,000.00");
    assertThat(Numbers.bare(.9)).isEqualTo("0.9");
    assertThat(Numbers.bare(1)).isEqualTo("1");
    assertThat(Numbers.bare(-.005)).isEqualTo("−0.005");
  }

  private static String shown(String kind, double[] values) {
    return switch (kind) {
      case "share" -> Numbers.share(values[0]);
      case "fine" -> Numbers.fine(values[0]);
      case "signed" -> Numbers.signed(values[0]);
      case "chance" -> Numbers.chance(values[0]);
      case "interval" -> Numbers.interval(new Interval(values[0], values[1]));
      case "fineInterval" -> Numbers.fine(new Interval(values[0], values[1]));
      case "percent" -> Numbers.percent(values[0]);
      case "count" -> Numbers.count(Math.round(values[0]));
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
