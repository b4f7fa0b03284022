package criticalwindows.grade;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.math.Policies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kinds of answers that were once misread without a word. Each line is a right answer, then texts.
class ValuesReadRightTest {
  static final List<String> RIGHT =
      List.of(
          // asterisks multiply, raise and emphasise
          "10 ;; The answer is 2*5. ;; The answer is **2*5**. ;; The answer is 2\\*5 ;; 2 * 5"
              + " ;; **10**",
          "8 ;; Answer: 2**3 ;; Answer: **2 ** 3** ;; The answer is $2^{3}$.",
          "300000000 ;; 3*10^8 ;; 3*10**8 ;; The answer is 3e8 ;; 3 x 10^8 ;; 3x10⁸ ;; 3 × 10⁸",
          "42 ;; The answer is **42**. ;; The answer is *42* ;; Answer: __42__ ;; **Answer: 42**",
          "2\\pi ;; 2*pi ;; \\pi*2 ;; The answer is **2*\\pi**",
          "5 ;; The answer is **5 cm**. ;; The answer is 5 *cm*. ;; The answer is *5* cm",
          "2,5 ;; The answer is **2** and **5**. ;; *5*, *2*",
          // the right answer says what a comma is
          "0,1 ;; The answer is $0, 1$. ;; 0,1 ;; 1,0 ;; The answer is 0 and 1.",
          "12,15 ;; 15, 12 ;; The answer is 12,15. ;; {12, 15}",
          "(12,15) ;; The answer is (12, 15)",
          "100, 200 ;; 100,200 ;; 200,100",
          "0.5 ;; The answer is 0,5",
          "1,234 ;; 1234 ;; The answer is 1,234.",
          // small and marked digits
          "602000000000000000000000 ;; 6.02×10²³ ;; 6.02e23 ;; 6.02E+23",
          "4294967296 ;; 2³² ;; 2^{32}",
          "0.0015 ;; 1.5e-3 ;; 1.5×10⁻³ ;; 1.5 x 10^-3",
          "1000000 ;; 1'000'000 ;; 1_000_000 ;; 1’000’000 ;; １，０００，０００ ;; 1 million ;; 10⁶",
          "\\frac{2e-1}{3} ;; (2e-1)/3",
          "x_1+x^{12} ;; x₁ + x¹²",
          // number words and units
          "60 ;; 5 dozen ;; 5\\text{ dozen eggs}",
          "1.5\\text{ million} ;; 1,500,000 ;; \\$1.5 million ;; 1.5 million dollars ;; 150万",
          "5 ;; 5\\text{ m} ;; 5 \\mathrm{~kg} ;; 5\\text{m}^2 ;; $5\\text{ L}$",
          "10 ;; 10 \\mathrm{~m/s} ;; 10 m/s ;; 10\\text{ m}/\\text{s}"
              + " ;; 10 \\frac{\\text{m}}{\\text{s}^2}",
          "30 ;; 30^\\circ\\text{C} ;; 30°C ;; 30^{\\circ}\\mathrm{F} ;; 30℃",
          "1000.99 ;; 1,000.99m² ;; 1000.99 m³ ;; 1,000.99 cm²",
          "15 ;; 15 m² ;; 15cm² ;; 15 ft³",
          "100 ;; 100 km/h ;; 100 \\text{ km/h} ;; 100 km per hour",
          "2i ;; 2\\mathrm{i}",
          // words
          "ACF ;; The answer is ACF. ;; \\text{ACF}",
          "TRUE ;; true ;; \\text{True}",
          "MAKE ;; \\text{MAKE}",
          "\\text{Yes} ;; YES ;; yes",
          "abc ;; cab",
          "A,C,F ;; F, C, A",
          // modulus and base
          "3 \\pmod 7 ;; x \\equiv 3 \\pmod{7} ;; 3 (mod 7) ;; 10 \\pmod 7 ;; -4 \\bmod 7",
          "2,3 \\pmod 5 ;; x \\equiv 3, 2 \\pmod 5",
          "3 ;; 3 \\pmod 7",
          "110_\\text{two} ;; 110_2 ;; 110₂ ;; (110)_{2} ;; 110 base 2 ;; 110\\text{ (base two)}",
          "17_{10} ;; 17",
          // boxes
          "7 ;; \\boxed{5}\n\n---\n\n\\boxed{7} ;; \\boxed{5}\n\n\\boxed{7}"
              + " ;; \\boxed{5}\n## B\n\\boxed{7}",
          "3,5 ;; $\\boxed{3}$ and $\\boxed{5}$ ;; \\boxed{5},\n\\boxed{3}",
          // replies that are plain
          "42 ;; It is 42. ;; The answer equals 42 ;; 6 * 7 = 42. ;; So that makes 42.",
          "42 ;; **Final Answer**\n\n42 ;; ### Answer\n42 ;; Answer: ４２",
          "\\text{neither} ;; The answer is neither. ;; neither",
          // equations
          "x = y + 2 ;; y = x - 2 ;; x-(y+2)=0 ;; 2y = 2x - 4",
          "y = 2x + 3 ;; 2x + 3 ;; y - 2x = 3",
          "c = a + b ;; a = c - b ;; b + a ;; s = a + b",
          "y+2 ;; x = y+2",
          "A = \\pi r^2 ;; \\pi r^2 ;; S = r^2\\pi",
          // sets
          "(-\\infty,0)\\cup(0,\\infty) ;; x \\neq 0 ;; x<0 \\text{ or } x>0"
              + " ;; \\mathbb{R}\\setminus\\{0\\}",
          "[1,3] ;; \\{x : 1\\le x\\le 3\\} ;; x \\ge 1 \\text{ and } x \\le 3 ;; [1,2]\\cup[2,3]"
              + " ;; \\{x \\in \\mathbb{R} \\mid 1 \\le x \\le 3\\}",
          "\\mathbb{R} ;; (-\\infty,\\infty) ;; ℝ ;; \\text{all real numbers} ;; x \\in"
              + " \\mathbb{R}",
          "x \\ne 1, 2 ;; (-\\infty,1)\\cup(1,2)\\cup(2,\\infty) ;; \\mathbb{R} - \\{1, 2\\}",
          "[2,5)\\cup(5,\\infty) ;; x \\ge 2, x \\ne 5");

  @ParameterizedTest
  @FieldSource("RIGHT")
  void whatIsRightIsReadAndEqual(String line) {
    List<String> texts = List.of(line.split(" ;; "));
    for (String text : texts) {
      assertThat(equal(texts.getFirst(), text)).as(text).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10 ;; The answer is 25. ;; 2**5 ;; The answer is **2** **5**",
        "23 ;; Answer: 2**3 ;; 2*3",
        "0,1 ;; 0.1 ;; (0,1) ;; [0,1] ;; 0,1,2",
        "(12,15) ;; (15,12) ;; 12,15 ;; 12.15",
        "602000000 ;; 6.02×10²³",
        "512 ;; 2³²",
        "3e8 ;; 38 ;; 3*8*e ;; 3e9",
        "1 ;; 1 million ;; 1 dozen",
        "2.5\\text{ million} ;; 2.5",
        "5 ;; 5m ;; 5x ;; 5\\mathrm{i} ;; 5\\mathrm{x} ;; 6\\text{ m} ;; 5\\text{ hundred}",
        "15 ;; 15m² ;; 15 x² ;; 15 m² + 1 ;; 15 m²n",
        "20 ;; 20 m/n ;; 20m/s ;; 20x/y",
        "25 ;; 25C ;; 25^\\circ + C",
        "ACF ;; FCA ;; The answer is FCA. ;; A,C,F",
        "IV ;; VI",
        "\\angle ABC ;; \\angle BAC",
        "3 \\pmod 7 ;; 3 \\pmod 5 ;; 4 \\pmod 7 ;; 3",
        "110_\\text{two} ;; 6 ;; 110 ;; 110_3",
        "6 ;; 110_2",
        "5,7 ;; \\boxed{5}\n\n---\n\n\\boxed{7}",
        "x = y + 2 ;; y = x + 2 ;; x = y - 2 ;; y + 3",
        "y + 2 ;; x - 2 ;; y = x - 2",
        "A = \\pi r^2 ;; 2\\pi r ;; A = \\pi r ;; r^2",
        "(-\\infty,0)\\cup(0,\\infty) ;; \\mathbb{R} ;; x \\neq 1 ;; x > 0 ;; x = 0",
        "[1,3] ;; \\{x : 1<x\\le 3\\} ;; [1,2)\\cup(2,3]"
            + " ;; \\{x \\in \\mathbb{Z} : 1\\le x\\le 3\\}",
        "(1,3) ;; (3,1) ;; 1,3 ;; [1,3)",
        "\\mathbb{R} ;; \\mathbb{Z} ;; R ;; \\mathbb{R}^2",
        "(-\\infty,-2)\\cup(3,\\infty) ;; x<3 \\text{ or } x>-2 ;; -2<x<3 ;; x<-2 \\text{ or } x>4",
      })
  void whatIsWrongIsNotEqual(String line) {
    List<String> texts = List.of(line.split(" ;; "));
    for (String text : texts.subList(1, texts.size())) {
      assertThat(equal(texts.getFirst(), text)).as(text).isFalse();
    }
  }

  @Test
  void unitsThatAreKeptAreCompared() {
    Grader kept = new Grader(Policies.parse("units=kept"));
    assertThat(kept.form("10 \\mathrm{~m/s}").same(kept.form("10 m/s"))).isTrue();
    assertThat(kept.form("10 \\mathrm{~m/s}").same(kept.form("10 km/h"))).isFalse();
    assertThat(kept.form("\\$2 million").same(kept.form("\\$2000000"))).isTrue();
    assertThat(kept.form("\\$2 million").same(kept.form("2000000"))).isFalse();
  }

  @Test
  void readingsOfOneProblemAreAnEquivalenceWhateverItsRightAnswerIs() {
    List<String> texts =
        List.of(
            "0,1",
            "0.1",
            "0, 1",
            "1,0",
            "x = y + 2",
            "y = x - 2",
            "y + 2",
            "x - 2",
            "3 (mod 7)",
            "3");
    for (String gold : texts) {
      Problem problem = Problem.of("mine", "math", "Which?", List.of(), gold);
      for (String one : texts) {
        for (String two : texts) {
          for (String three : texts) {
            boolean chain = same(problem, one, two) && same(problem, two, three);
            assertThat(chain && !same(problem, one, three)).as(gold + one + two + three).isFalse();
          }
        }
      }
    }
  }

  private static boolean same(Problem problem, String one, String two) {
    return Answers.read(problem, one).same(Answers.read(problem, two));
  }

  private static boolean equal(String gold, String text) {
    Problem problem = Problem.of("mine", "math", "Which?", List.of(), gold);
    return Answers.gold(problem).same(Answers.read(problem, text));
  }
}
