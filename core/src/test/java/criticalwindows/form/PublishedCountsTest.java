package criticalwindows.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The staircase from the published counts: Llama-3.1-8B-Instruct, temperature .6, top-p .9, 10,000
/// texts. *Source:* the data of Li, Karan and Chen, arXiv 2502.00921, counted by choices.
class PublishedCountsTest {
  private static final FormPrompt FORM =
      FormPrompt.parse(
          "1. A (Pirate/Ninja).\n2. A (Dog/Cat).\n3. A (River/Bridge).\n4. A (Dragon/Knight).\n"
              + "5. A (Pizza/Sushi).");

  private static final String COUNTS =
      "NCRKS 1196, NCBKS 1004, NCRKP 902, NCRDS 799, NCBKP 691, PCRKP 448, NCRDP 439, PDRDP 422,"
          + " PCBKP 402, NDBKP 375, NCBDS 374, NDRDP 362, NDRKP 360, PCBKS 307, PCRDP 292, PCRKS"
          + " 282, PDRKP 265, PCRDS 196, NCBDP 175, PDBKP 146, NDBDP 129, NDBKS 102, NDRKS 97,"
          + " NDRDS 92, NDBDS 50, PDBDP 40, PCBDP 27, PCBDS 26";

  /// Every text as it may have been written, read again by its choices.
  private static FormCounts counts() {
    FormReader reader = new FormReader(FORM);
    List<FormReading> readings = new ArrayList<>();
    for (String entry : COUNTS.split(", ", -1)) {
      String[] parts = entry.split(" ", -1);
      FormReading reading = reader.read(FORM.filled(combination(parts[0])));
      for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
        readings.add(reading);
      }
    }
    return FormCounts.of(readings);
  }

  private static Combination combination(String initials) {
    Combination choices = Combination.NONE;
    for (int i = 0; i < initials.length(); i++) {
      String initial = initials.substring(i, i + 1);
      choices =
          choices.plus(FORM.blanks().get(i).options().get(0).word().startsWith(initial) ? 0 : 1);
    }
    return choices;
  }

  @Test
  void conditioningGivesThePublishedPlateaus() {
    FormCounts counts = counts();
    assertThat(counts.total()).isEqualTo(10_000);
    assertThat(counts.filled()).hasSize(28);
    assertThat(counts.shares().get(combination("N"))).isEqualTo(.7147, within(1e-9));
    double[] plateaus = {.0375, .0525, .2393, .5716, .7862, 1};
    for (int made = 0; made <= 5; made++) {
      assertThat(counts.conditioned(combination("NDBKP"), made).estimate())
          .isEqualTo(plateaus[made], within(5e-5));
    }
  }

  @Test
  void textsThatLeaveTheFormLowerThePlateausBeforeTheyLeave() {
    FormReader reader = new FormReader(FORM);
    FormReading kept = reader.read("A Ninja. A Dog. A Bridge. A Knight. A Pizza.");
    FormReading left = reader.read("A Ninja. A Dog. I will not go on.");
    FormCounts counts = FormCounts.of(List.of(kept, left));
    Combination target = combination("NDBKP");
    assertThat(counts.conditioned(target, 2).estimate()).isEqualTo(.5);
    assertThat(counts.conditioned(target, 3).estimate()).isEqualTo(1);
    assertThat(counts.conditioned(target, 2, 3).estimate()).isEqualTo(1);
    assertThat(FormCounts.reasons(List.of(kept, left))).containsEntry("between choices", 1L);
  }
}
