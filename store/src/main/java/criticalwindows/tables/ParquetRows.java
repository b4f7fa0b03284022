package criticalwindows.tables;

import criticalwindows.database.Database;
import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The rows of a Parquet file of anybody's, each as one JSON object, whatever its columns.
public final class ParquetRows {
  private ParquetRows() {}

  /// All rows in the file's order, each as the text of a JSON object with a field for each column.
  ///
  /// @throws UserError if the file cannot be read as Parquet
  public static List<String> read(Path file) {
    Database.requireSayable(file.toAbsolutePath(), "a Parquet file");
    try (Database database = Database.open(Database.Share.STANDARD, "", file)) {
      String rows = "SELECT to_json(row) FROM " + Database.parquet(List.of(file)) + " AS row";
      return database.query(
          rows,
          found -> {
            List<String> objects = new ArrayList<>();
            while (found.next()) {
              objects.add(found.getString(1));
            }
            return List.copyOf(objects);
          });
    } catch (SQLException e) {
      throw new UserError(
          file + " cannot be read as Parquet: " + Database.reason(e),
          "name a whole file in Parquet; one that broke off has no end to read it by",
          e);
    }
  }
}
