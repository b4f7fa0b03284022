package criticalwindows.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.database.Database;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parquet files that others wrote, in the shapes that public data sets have.
final class ParquetRowsTest {
  @TempDir private Path folder;

  private Path written(String name, String select) throws SQLException {
    Path file = folder.resolve(name);
    try (Database database = Database.open(Database.Share.STANDARD, "", file.resolveSibling("."))) {
      database.run("COPY (" + select + ") TO " + Database.literal(file) + " (FORMAT parquet)");
    }
    return file;
  }

  @Test
  void aRowIsAnObjectWhateverItsColumns() throws SQLException {
    Path file =
        written(
            "it's [0-9]*.parquet",
            "SELECT 'a \"q\"\nb ü' AS question, 2::BIGINT AS answer, ['x', 'y'] AS choices,"
                + " {'text': ['t'], 'label': ['A']} AS nested, NULL::VARCHAR AS missing");
    assertThat(ParquetRows.read(file))
        .containsExactly(
            "{\"question\":\"a \\\"q\\\"\\nb ü\",\"answer\":2,\"choices\":[\"x\",\"y\"],"
                + "\"nested\":{\"text\":[\"t\"],\"label\":[\"A\"]},\"missing\":null}");
  }

  @Test
  void rowsComeInTheFilesOrder() throws SQLException {
    Path file = written("many.parquet", "SELECT i FROM range(300000) t(i)");
    List<String> rows = ParquetRows.read(file);
    assertThat(rows).hasSize(300_000);
    for (int i = 0; i < rows.size(); i += 7919) {
      assertThat(rows.get(i)).isEqualTo("{\"i\":" + i + "}");
    }
  }

  @Test
  void aFileThatBrokeOffOrIsNoneIsRefused() throws SQLException, IOException {
    Path file = written("whole.parquet", "SELECT i FROM range(10000) t(i)");
    Path broken = folder.resolve("broken.parquet");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(file), 3000));
    UserError failure = catchThrowableOfType(UserError.class, () -> ParquetRows.read(broken));
    assertThat(failure).hasMessageStartingWith(broken + " cannot be read as Parquet: ");
    assertThat(failure.hint()).startsWith("name a whole file in Parquet");
    Path odd = folder.resolve("what?.parquet");
    assertThat(catchThrowableOfType(UserError.class, () -> ParquetRows.read(odd)))
        .hasMessageStartingWith("a Parquet file cannot have a ? in its path");
  }
}
