package criticalwindows.vectors;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.database.Database;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.duckdb.DuckDBAppender;

/// Parquet: a row for each place and hook point, with the columns `id`, `kept`, `token`, `site`,
/// `layer` and `values`, a list of floats. The database keeps the order of rows.
final class ParquetParts implements PartFormat {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public void write(Path file, Rows rows) {
    Path place = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(place.getParent());
    Path part = Durable.part(place);
    try (Database database = Database.open(Database.Share.STANDARD, "", folder)) {
      database.run(
          "CREATE TABLE vectors (id VARCHAR, kept BIGINT, token BIGINT, site VARCHAR, layer"
              + " BIGINT, \"values\" FLOAT[])");
      try (DuckDBAppender table = database.appender("vectors")) {
        append(table, rows);
      }
      database.run(
          "COPY vectors TO "
              + Database.literal(part)
              + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
      Durable.publish(part, place);
    } catch (SQLException e) {
      throw new UserError(
          file + " cannot be written: " + Database.reason(e),
          "free some disk space or make the folder writable, or name another one",
          e);
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }

  private static void append(DuckDBAppender table, Rows rows) throws SQLException {
    ExtractionPlan plan = rows.plan();
    for (int i = 0; i < rows.places().size(); i++) {
      Place place = rows.places().get(i);
      for (int h = 0; h < plan.hooks().size(); h++) {
        HookPoint hook = plan.hooks().get(h);
        int from = h * plan.width();
        table.beginRow();
        table.append(plan.texts().get(place.text()).id());
        table.append((long) place.kept());
        table.append((long) place.token());
        table.append(hook.site().word());
        table.append((long) hook.layer());
        table.append(Arrays.copyOfRange(rows.vectors().get(i), from, from + plan.width()));
        table.endRow();
      }
    }
  }

  @Override
  public float[][] read(Path file, ExtractionPlan plan, HookPoint hook, List<Place> places) {
    Path place = file.toAbsolutePath();
    Database.requireSayable(place, "a Parquet file");
    String rows =
        "SELECT id, kept, token, \"values\" FROM "
            + Database.parquet(List.of(place))
            + " WHERE site = '"
            + hook.site().word()
            + "' AND layer = "
            + hook.layer();
    try (Database database = Database.open(Database.Share.STANDARD, "", place)) {
      List<float[]> vectors = database.query(rows, found -> vectors(found, plan, places));
      if (vectors.size() != places.size()) {
        throw damaged(file);
      }
      return vectors.toArray(float[][]::new);
    } catch (SQLException e) {
      throw new UserError(
          file + " cannot be read as Parquet: " + Database.reason(e),
          "extract the activations again into a new folder",
          e);
    }
  }

  private static List<float[]> vectors(ResultSet found, ExtractionPlan plan, List<Place> places)
      throws SQLException {
    List<float[]> vectors = new ArrayList<>();
    while (found.next()) {
      int row = vectors.size();
      Object[] values = (Object[]) found.getArray(4).getArray();
      boolean same =
          row < places.size()
              && plan.texts().get(places.get(row).text()).id().equals(found.getString(1))
              && places.get(row).kept() == found.getLong(2)
              && places.get(row).token() == found.getLong(3)
              && values.length == plan.width();
      if (!same) {
        throw new SQLException("other places than activations.json says");
      }
      float[] vector = new float[values.length];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = ((Number) values[i]).floatValue();
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static UserError damaged(Path file) {
    return new UserError(
        file + " has other places than its folder's activations.json says",
        "extract the activations again into a new folder");
  }
}
