package criticalwindows.tables;

import java.util.List;

/// A table for other programs: what its columns are called and mean.
///
/// @param name of the file, without its ending
/// @param meaning what a row is, in one line
/// @param columns at least one
public record Table(String name, String meaning, List<Column> columns) {
  public Table {
    columns = List.copyOf(columns);
    if (meaning.isBlank()) {
      throw new IllegalArgumentException("the table " + name + " is not explained");
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table has columns");
    }
  }

  /// What a column holds; any cell can be absent.
  public enum Type {
    TEXT("VARCHAR"),
    WHOLE("BIGINT"),
    REAL("DOUBLE"),
    FLAG("BOOLEAN"),
    /// A JSON object or array: nested in JSON, its text in other formats.
    OBJECT("JSON"),
    TEXTS("VARCHAR[]"),
    WHOLES("INTEGER[]"),
    REALS("DOUBLE[]");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }
  }

  /// A column.
  ///
  /// @param name in small letters, digits and `_`
  /// @param meaning unit, range and when it is absent, in one line
  public record Column(String name, Type type, String meaning) {
    public Column {
      if (!name.matches("[a-z][a-z0-9_]*")) {
        throw new IllegalArgumentException("a column called " + name);
      }
      if (meaning.isBlank()) {
        throw new IllegalArgumentException("the column " + name + " is not explained");
      }
    }
  }

  /// What stands in one column of one row.
  public sealed interface Cell {
    /// A text; in a column of objects, one as JSON.
    record Text(String value) implements Cell {}

    /// A whole number.
    record Whole(long value) implements Cell {}

    /// Any number.
    record Real(double value) implements Cell {}

    /// True or false.
    record Flag(boolean value) implements Cell {}

    /// Texts in a list.
    record Texts(List<String> values) implements Cell {
      public Texts {
        values = List.copyOf(values);
      }
    }

    /// Whole numbers in a list.
    record Wholes(List<Integer> values) implements Cell {
      public Wholes {
        values = List.copyOf(values);
      }
    }

    /// Any numbers in a list.
    record Reals(List<Double> values) implements Cell {
      public Reals {
        values = List.copyOf(values);
      }
    }

    /// Nothing: not sampled, or not defined.
    record Absent() implements Cell {}
  }

  /// As a statement of SQL that makes it.
  String create() {
    List<String> parts =
        columns.stream().map(column -> "\"" + column.name + "\" " + column.type.sql).toList();
    return "CREATE TABLE \"" + name + "\" (" + String.join(", ", parts) + ")";
  }
}
