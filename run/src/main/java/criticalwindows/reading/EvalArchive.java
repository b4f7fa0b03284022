package criticalwindows.reading;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// An `.eval` log of Inspect: a ZIP with a JSON file for each sample. Nothing of it is written to a
/// file by the name that it has there.
///
/// *Source:* https://inspect.aisi.org.uk/eval-logs.html
final class EvalArchive implements AutoCloseable {
  private static final Pattern SAMPLE = Pattern.compile("samples/.*_epoch_\\d+\\.json");

  /// A sample in parts, as logs of version 3 have it.
  private static final Pattern PARTS = Pattern.compile("samples/.*_epoch_\\d+/sample\\.json");

  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ZSTANDARD = 93;

  private final Path file;
  private final ZipEntries zip;
  private final Map<String, ZipEntries.Entry> samples;
  private Optional<Zstandard> zstandard = Optional.empty();

  private EvalArchive(Path file, ZipEntries zip, Map<String, ZipEntries.Entry> samples) {
    this.file = file;
    this.zip = zip;
    this.samples = samples;
  }

  /// @throws UserError if it is no ZIP that can be read, or has samples in parts
  static EvalArchive open(Path file) {
    ZipEntries zip = ZipEntries.open(file);
    Map<String, ZipEntries.Entry> samples = new LinkedHashMap<>();
    for (ZipEntries.Entry entry : zip.entries()) {
      if (PARTS.matcher(entry.name()).matches()) {
        zip.close();
        throw new UserError(
            file + " has its samples in parts, as logs of version 3 do: " + entry.name(),
            convert(file));
      }
      // Where a name is there twice, the later one counts, as in any ZIP that was added to.
      if (SAMPLE.matcher(entry.name()).matches()) {
        samples.put(entry.name(), entry);
      }
    }
    return new EvalArchive(file, zip, samples);
  }

  /// The names of the samples' files, in their order.
  List<String> samples() {
    return List.copyOf(samples.keySet());
  }

  /// What a file of that name says.
  ///
  /// @throws UserError if it cannot be unpacked
  Reader text(String name) {
    ZipEntries.Entry entry = samples.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(name);
    }
    try {
      if (entry.encrypted()) {
        throw new UserError(file + ", " + name + " is encrypted", "name a log that is not");
      }
      return switch (entry.method()) {
        case STORED -> reader(zip.bytes(entry));
        case DEFLATED -> reader(new Inflated(zip.bytes(entry), new Inflater(true)));
        case ZSTANDARD -> new StringReader(unpacked(entry));
        default ->
            throw new UserError(
                file + ", " + name + " is compressed by method " + entry.method(), convert(file));
      };
    } catch (IOException e) {
      throw new UserError(
          file + ", " + name + " cannot be unpacked: " + Reason.of(e), convert(file), e);
    }
  }

  private String unpacked(ZipEntries.Entry entry) throws IOException {
    if (zstandard.isEmpty()) {
      zstandard = Optional.of(Zstandard.open());
    }
    try (InputStream bytes = zip.bytes(entry)) {
      return zstandard.get().text(bytes);
    }
  }

  private static Reader reader(InputStream bytes) {
    // One that tells where bytes are no UTF-8.
    return new InputStreamReader(
        new BufferedInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
  }

  private static String convert(Path file) {
    return "convert it: inspect log convert "
        + file.getFileName()
        + " --to json --output-dir FOLDER";
  }

  /// Inflates, and frees what it needed for it.
  private static final class Inflated extends InflaterInputStream {
    Inflated(InputStream bytes, Inflater inflater) {
      super(bytes, inflater);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }

  @Override
  public void close() {
    zstandard.ifPresent(Zstandard::close);
    zip.close();
  }
}
