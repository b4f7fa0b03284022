package criticalwindows.benchmark;

import java.nio.file.Path;

/// Where a record stands.
///
/// @param unit what is counted: `line`, or `row` in a table
/// @param number of its first line or row, from 1
public record Place(Path file, String unit, long number) {
  @Override
  public String toString() {
    return file + ", " + unit + " " + number;
  }
}
