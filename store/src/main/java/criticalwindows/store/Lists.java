package criticalwindows.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Columns of lists, read from a row.
final class Lists {
  private Lists() {}

  static int[] integers(ResultSet row, int column) throws SQLException {
    Object[] boxed = objects(row, column);
    int[] values = new int[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Integer) boxed[i];
    }
    return values;
  }

  static float[] floats(ResultSet row, int column) throws SQLException {
    Object[] boxed = objects(row, column);
    float[] values = new float[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Float) boxed[i];
    }
    return values;
  }

  static Object[] objects(ResultSet row, int column) throws SQLException {
    return (Object[]) row.getArray(column).getArray();
  }
}
