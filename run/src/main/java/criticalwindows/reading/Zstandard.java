package criticalwindows.reading;

import criticalwindows.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/// Unpacks JSON that is compressed by Zstandard, of one frame or several. The database can do that,
/// and the JDK cannot.
final class Zstandard implements AutoCloseable {
  private final Path folder;
  private final Path packed;
  private final Database database;

  private Zstandard(Path folder, Database database) {
    this.folder = folder;
    this.packed = folder.resolve("packed.zst");
    this.database = database;
  }

  static Zstandard open() throws IOException {
    Path folder = Files.createTempDirectory("cw-unpacking");
    Database.requireSayable(folder, "the folder for what is unpacked");
    try {
      return new Zstandard(folder, Database.open(Database.Share.STANDARD, "", folder));
    } catch (SQLException e) {
      throw new IOException(Database.reason(e), e);
    }
  }

  /// The first JSON value of what is packed, at most as long as is read of one.
  String text(InputStream bytes) throws IOException {
    Files.copy(bytes, packed, StandardCopyOption.REPLACE_EXISTING);
    String sql =
        "SELECT json FROM read_json_objects("
            + Database.literal(packed)
            + ", compression = 'zstd', format = 'unstructured', maximum_object_size = "
            + JsonValues.MOST
            + ")";
    try {
      return database.query(sql, rows -> rows.next() ? rows.getString(1) : "");
    } catch (SQLException e) {
      throw new IOException(reason(e), e);
    }
  }

  private static String reason(SQLException e) {
    String said = Database.reason(e);
    return said.contains("maximum_object_size")
        ? "it holds more than " + JsonValues.MOST / 1_000_000 + " million letters"
        : said.replaceAll(" ?\"?/[^ \"]*\"?", "");
  }

  @Override
  public void close() {
    database.close();
    try {
      Files.deleteIfExists(packed);
      Files.delete(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the folder for what is unpacked stays: " + folder, e);
    }
  }
}
