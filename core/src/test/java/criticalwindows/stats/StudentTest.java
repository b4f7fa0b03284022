package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTest {
  /// *Source:* SciPy 1.17.1, scipy.stats.t.ppf.
  @ParameterizedTest
  @CsvSource({
    "0.6,1,0.32491969623291",
    "0.6,2,0.28867513459481",
    "0.6,3,0.27667066233269",
    "0.6,4,0.2707222947076",
    "0.6,7,0.26316686135202",
    "0.6,30,0.25560536495191",
    "0.6,199,0.25368607538177",
    "0.6,999,0.25341458333037",
    "0.6,1000,0.2534145158395",
    "0.6,5000,0.25336058396923",
    "0.9,1,3.0776835371753",
    "0.9,2,1.8856180831641",
    "0.9,3,1.6377443536962",
    "0.9,4,1.5332062740589",
    "0.9,7,1.4149239276505",
    "0.9,30,1.3104150253914",
    "0.9,199,1.2858202092594",
    "0.9,999,1.2823995700374",
    "0.9,1000,1.2823987214609",
    "0.9,5000,1.2817209053357",
    "0.975,1,12.706204736175",
    "0.975,2,4.3026527297495",
    "0.975,3,3.1824463052837",
    "0.975,4,2.7764451051978",
    "0.975,7,2.3646242515928",
    "0.975,30,2.0422724563012",
    "0.975,199,1.9719565442518",
    "0.975,999,1.9623414611334",
    "0.975,1000,1.9623390808264",
    "0.975,5000,1.9604385517065",
    "0.995,1,63.656741162872",
    "0.995,2,9.9248432009183",
    "0.995,3,5.8409093097334",
    "0.995,4,4.60409487135",
    "0.995,7,3.4994832973505",
    "0.995,30,2.7499956535672",
    "0.995,199,2.6007602160585",
    "0.995,999,2.5807596372676",
    "0.995,1000,2.580754698066",
    "0.995,5000,2.5768129665563",
    "0.999,1,318.30883898555",
    "0.999,2,22.32712477012",
    "0.999,3,10.214531852407",
    "0.999,4,7.1731822197823",
    "0.999,7,4.7852896286383",
    "0.999,30,3.3851848668293",
    "0.999,199,3.1316896207265",
    "0.999,999,3.0984103617533",
    "0.999,1000,3.0984021639129",
    "0.999,5000,3.091863119961"
  })
  void quantilesAreExact(double p, int freedom, double t) {
    assertThat(Student.quantile(p, freedom)).isCloseTo(t, within(2e-9 * Math.abs(t)));
    assertThat(Student.quantile(1 - p, freedom)).isCloseTo(-t, within(2e-9 * Math.abs(t)));
    assertThat(Student.cumulative(t, freedom)).isCloseTo(p, within(1e-10));
  }

  @Test
  void theMiddleIsZero() {
    assertThat(Student.quantile(.5, 1)).isZero();
    assertThat(Student.cumulative(0, 4)).isEqualTo(.5);
  }

  @Test
  void noDegreesOfFreedomAreRefused() {
    assertThatThrownBy(() -> Student.quantile(.9, 0)).hasMessage("0 degrees of freedom");
  }
}
