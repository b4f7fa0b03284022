package criticalwindows.tables;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.tables.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a table must say of itself.
final class TableTest {
  private static final Column KEPT = new Column("kept", Table.Type.WHOLE, "tokens before the cut");

  @Test
  void noColumnIsWithoutItsMeaning() {
    assertThatThrownBy(() -> new Column("q", Table.Type.REAL, " "))
        .hasMessage("the column q is not explained");
  }

  @Test
  void noTableIsWithoutItsMeaningOrWithoutColumns() {
    assertThatThrownBy(() -> new Table("points", "", List.of(KEPT)))
        .hasMessage("the table points is not explained");
    assertThatThrownBy(() -> new Table("points", "a row for each cut", List.of()))
        .hasMessage("a table has columns");
  }

  @Test
  void namesAreThoseThatEveryProgramTakes() {
    for (String name : List.of("", "Kept", "1st", "kept before", "kept\"")) {
      assertThatThrownBy(() -> new Column(name, Table.Type.WHOLE, "tokens before the cut"))
          .hasMessage("a column called " + name);
    }
  }
}
