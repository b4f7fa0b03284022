package criticalwindows.cli;

import criticalwindows.llamacpp.LlamaModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What this program is: version, commit, engine.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "cw " + number(), "commit " + commit(), "engine " + LlamaModel.engineVersion()
    };
  }

  /// The version, as Maven has it.
  static String number() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the version cannot be read", e);
    }
    return properties.getProperty("version", "unknown");
  }

  /// The commit it was built from, as the launcher knows it.
  static String commit() {
    String commit = System.getProperty("cw.commit", "");
    return commit.isEmpty() ? "unknown" : commit;
  }
}
