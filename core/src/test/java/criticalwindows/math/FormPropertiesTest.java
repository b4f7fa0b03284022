package criticalwindows.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FormPropertiesTest {
  private static final int EXPRESSIONS = 3_000;
  private static final Map<String, Double> HERE =
      Map.of("x", 1.31, "y", .77, "a", 1.93, "b", .41, "n", 2.11);
  private static final Map<String, Double> THERE =
      Map.of("x", .52, "y", 1.87, "a", .93, "b", 1.19, "n", 1.61);

  @Test
  void anExpressionRewrittenIsEqual() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < EXPRESSIONS; i++) {
      Expression expression = Expression.random(random, 1 + i % 4);
      String one = expression.latex(random);
      String two = expression.rewritten(random).rewritten(random).latex(random);
      if (!form(one).equals(form(two))) {
        faults.add(one + "   is not   " + two);
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void anExpressionOfAnotherValueIsUnequal() {
    SplittableRandom random = new SplittableRandom(2);
    List<String> faults = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      Expression expression = Expression.random(random, 1 + i % 4);
      Expression other = expression.changed(random).rewritten(random);
      if (differ(expression, other, HERE) || differ(expression, other, THERE)) {
        compared++;
        String one = expression.latex(random);
        String two = other.latex(random);
        if (form(one).equals(form(two))) {
          faults.add(one + "   is   " + two);
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(compared).isGreaterThan(EXPRESSIONS / 2);
  }

  @Test
  void aNumberHasOneFormHoweverItIsWritten() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < EXPRESSIONS; i++) {
      int top = random.nextInt(-5000, 5000);
      int bottom = 1 + random.nextInt(400);
      int factor = 1 + random.nextInt(9);
      CanonicalForm form = form(top + "/" + bottom);
      assertThat(form("\\frac{" + top * factor + "}{" + bottom * factor + "}")).isEqualTo(form);
      assertThat(form("-\\dfrac{" + -top + "}{" + bottom + "}")).isEqualTo(form);
      assertThat(form((top + 1) + "/" + bottom)).isNotEqualTo(form);
      assertThat(form(top + "/" + (bottom + 1)).equals(form)).isEqualTo(top == 0);
    }
  }

  @Test
  void noNoiseIsTooMuchForAForm() {
    String alphabet = "0123456789.,;:+-*/^_=<>()[]{}|\\$%!'&xyie π√±∞≤∪ \\frac\\sqrt\\text\\pm";
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      while (text.length() < length) {
        int at = random.nextInt(alphabet.length());
        text.append(alphabet, at, Math.min(alphabet.length(), at + 1 + random.nextInt(6)));
      }
      assertThat(form(text.toString())).isEqualTo(form(text.toString()));
    }
  }

  private static CanonicalForm form(String text) {
    return MathForms.of(text, Policies.STANDARD);
  }

  private static boolean differ(Expression one, Expression two, Map<String, Double> at) {
    double a = one.value(at);
    double b = two.value(at);
    return Math.abs(a - b) > 1e-6 * (Math.abs(a) + Math.abs(b));
  }
}
