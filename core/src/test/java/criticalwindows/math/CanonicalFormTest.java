package criticalwindows.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTest {
  private static CanonicalForm form(String text) {
    return MathForms.of(text, Policies.STANDARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1/2;\\frac12;0.5;.5;\\dfrac{1}{2};\\tfrac12;2/4;50/100;\\left(\\frac{1}{2}\\right);½",
        "1,234;1234;1{,}234;1,\\!234;1 234;1234.0;1234.;+1234;$1,234$;\\$1,234",
        "1000.99;1,000.99;1000,99;$1,000.99€",
        "-2;−2;– 2;-2.0;\\text{-2};x=-2;-4/2",
        "1\\frac{4}{5};1 4/5;9/5;1.8;\\frac95;1\\frac45",
        "0.\\overline{3};\\frac13;1/3;0.\\bar{3}",
        "0.1\\overline{6};1/6",
        "\\sqrt{8};2\\sqrt2;√8;2*2^{1/2};\\sqrt2\\cdot\\sqrt4;sqrt(8);\\frac{4}{\\sqrt{2}}",
        "\\sqrt4;2;\\sqrt[3]{8};\\sqrt2\\cdot\\sqrt2;\\log_2 4;2!",
        "\\sqrt{6+2\\sqrt5};1+\\sqrt5",
        "\\frac{1}{\\sqrt2};\\frac{\\sqrt2}{2};2^{-1/2};\\sin 45^\\circ;\\cos\\frac{\\pi}{4}",
        "\\sqrt[3]{-8};-2",
        "\\sqrt{-4};2i",
        "i^2;-1;e^{i\\pi};\\cos\\pi",
        "x^2+2x+1;(x+1)^2;1+x(x+2);(1+x)(x+1);\\frac{(x+1)^3}{x+1}",
        "\\frac{x^2-1}{x-1};x+1;1 + x",
        "\\tan^2 y + 1;\\sec^2(y);\\frac{1}{\\cos^2 y}",
        "2 \\sin b \\cos a;\\sin(a+b) - \\sin(a-b)",
        "\\ln 8;3\\ln 2;\\ln 2 + \\ln 4",
        "|x-5|;|5-x|",
        "(1,2);(1, 2);\\left(1,\\,2\\right);(x,y)=(1,2);1<x<2",
        "[0,\\infty);x\\ge 0;0\\le x;x\\geq 0;2x \\geq 0;x\\in[0,\\infty);-x <= 0;[0,+\\infty)",
        "(-\\infty,3)\\cup(5,\\infty);(5,\\infty)\\cup(-\\infty,3);(-∞,3) U (5,∞)",
        "1,2;2,1;\\{1,2\\};1 and 2;1 \\text{ or } 2;x=1, x=2;\\{2,1\\}",
        "1\\pm\\sqrt2;1+\\sqrt2,1-\\sqrt2;\\{1-\\sqrt2,1+\\sqrt2\\}",
        "\\begin{pmatrix}1\\\\2\\end{pmatrix};[1,2];\\begin{bmatrix}1\\\\2\\end{bmatrix}",
        "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix};[[1,2],[3,4]]",
        "\\begin{pmatrix}2&0\\\\0&2\\end{pmatrix};2\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}",
        "2x+4y-3=0;y=-\\frac12x+\\frac34;4x+8y=6",
        "x^2/4+y^2/3=1;3x^2+4y^2=12",
        "x<1;-x>-1;1>x;(-\\infty,1)",
        "50\\%;50 %;50 percent;50",
        "15\\mbox{ cm}^2;15;15 cm^2;15\\text{ square centimeters}",
        "90^\\circ;90;90°;90\\text{ degrees}",
        "204_5;204_{5}",
        "20:34;8:34 \\text{P.M.};20:34:00",
        "3:4;6:8;3 : 4",
        "\\text{Evelyn};Evelyn;\\textbf{Evelyn};evelyn.",
        "\\text{(B)};B;(B);\\mathrm{B}",
        "abc;cab;a\\cdot b\\cdot c",
        "p=5,q=2 and p=7,q=2;(5,2),(7,2);p=7, q=2, p=5, q=2",
        "5+5+1=7=11;11;x\\approx 11",
        "2^{1000};4^{500}",
        "9^9^9;9^{387420489}",
      })
  void whatIsEqualHasOneForm(String line) {
    List<String> texts = List.of(line.split(";"));
    assertThat(texts).extracting(CanonicalFormTest::form).containsOnly(form(texts.getFirst()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1;2;1/2;0.333;1/3;\\sqrt2;1.41421356237;-1;1.0000000000000000000000000000000000000000000001",
        "x;y;2x;x^2;-x;|x|;\\sqrt{x};1/x;x+1;xy;x_1;f(x);f(y);\\sin x;\\cos x;e^x",
        "(0,1);[0,1);(0,1];[0,1];0,1;(1,0)",
        "1,2;1,2,3;12;1.2;(1,2)",
        "x<1;x\\le 1;x>1;x\\ne 1",
        "32349;32, 349",
        "204_5;204;204_6",
        "\\text{odd};\\text{oddd};\\text{even}",
        "12:00;1:00",
        "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix};\\begin{pmatrix}1&2\\\\3&5\\end{pmatrix}",
        "2021;\\pm 2021",
        "(a+5)(b+2);(+5)(b+2)",
        "5x-7y+11z+4=0;x+y-z+2=0",
        "\\sin(x)=\\frac{42}{59};\\cos(x)=\\frac{42}{59}",
        "10^{40}+1;10^{40}",
        "\\pi;3.14159265358979",
        "a<b<c;c<b<a",
      })
  void whatDiffersHasAnotherForm(String line) {
    List<String> texts = List.of(line.split(";"));
    assertThat(texts).extracting(CanonicalFormTest::form).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "percent=number;50 %;50;1/2",
        "percent=fraction;50 %;1/2;50",
        "percent=kept;50 %;50 percent;50",
        "units=dropped;5 cm;5;6",
        "units=kept;5 \\text{ centimeters};5 cm;5",
        "units=kept;90^\\circ;90 degrees;90",
        "order=free;1, 2;2, 1;1",
        "order=kept;1, 2;1,2;2, 1",
        "digits=0;1/3;2/6;0.3333",
        "digits=4;1/3;0.3333;0.333",
        "digits=4;\\sqrt3;1.732;1.733",
        "fractions=same;2/4;1/2;1",
        "fractions=different;\\frac24;2/4;1/2",
        "names=dropped;x=5;5;6",
        "names=kept;x=5;x = 5.0;5",
        "comma=decimal;1,22;1.22;122",
        "comma=list;1,22;22, 1;1.22",
      })
  void everyPolicyCanBeChosen(String policy, String text, String same, String other) {
    Policies policies = Policies.parse(policy);
    CanonicalForm form = MathForms.of(text, policies);
    assertThat(MathForms.of(same, policies)).isEqualTo(form);
    assertThat(MathForms.of(other, policies)).isNotEqualTo(form);
    assertThat(Policies.parse(policies.toString())).isEqualTo(policies);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "(",
        "{",
        "9^",
        "\\frac",
        "\\sqrt{",
        "-",
        "\\begin{matrix}",
        "1,",
        "\\left(",
        "|",
        "sin",
        "!",
        "9!",
        "x^{9",
        "\\boxed{",
        "=",
        "<1",
        "\\text{",
        "[[",
        "7/",
        "\\pm",
        "1\\pm",
        "_",
        "π",
        "½",
        "∑",
        "\\sum_",
        "\\\\",
        "&",
        "\u0000",
        "𝛑",
        "(x+1)^9",
        "1/(x+",
        "\\sqrt[9]{2+",
        "9999999999/7+",
        "\\sin(",
        "2^{1/3}+",
        "12:30 ",
        "{,}",
        "1 000 "
      })
  void hostileTextsComeToAForm(String piece) {
    for (int length : new int[] {1, 10, 60, 300, 1900, 10_000, 1_000_000}) {
      String text = piece.repeat(Math.max(1, length / piece.length()));
      for (String whole : List.of(text, "(" + text + ")", text + "1", text + "1" + close(text))) {
        assertThat(form(whole)).isEqualTo(form(whole));
      }
    }
  }

  private static String close(String text) {
    StringBuilder close = new StringBuilder();
    for (int i = text.length() - 1; i >= 0 && close.length() < 2_000; i--) {
      int open = "({[".indexOf(text.charAt(i));
      close.append(open < 0 ? "" : ")}]".substring(open, open + 1));
    }
    return close.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9^9^9^9",
        "9^{9^{9^9}}",
        "2^{2^{100}}",
        "10^{1000000000}",
        "(1/3)^{99999}",
        "1/0",
        "0/0",
        "\\log 0",
        "\\sqrt{x-x}",
        "\\frac{1}{\\sqrt2\\sqrt2-2}",
        "\\tan 90^\\circ",
        "1000000!",
        "0.0000000000000000000000000000000000000000001",
        "\\sin(10^{50})",
        "e^{e^{e^e}}",
        "\\binom{1000}{500}",
        "x^{x^{x^x}}",
        "\\lfloor \\pi^{100} \\rfloor",
        ""
      })
  void whatHasNoValueStillEqualsItself(String text) {
    assertThat(form(text)).isEqualTo(form(text));
    assertThat(form(text)).isNotEqualTo(form("1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"percent=half", "colour=red", "digits=-1", "digits=99", "units", "=", "order"})
  void aPolicyThatThereIsNotSaysWhichThereAre(String text) {
    assertThatThrownBy(() -> Policies.parse(text))
        .hasMessageMatching(".*(is not one of|there is no policy|is not from 0).*");
  }
}
