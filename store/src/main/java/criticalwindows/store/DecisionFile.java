package criticalwindows.store;

import criticalwindows.experiment.Decision;
import criticalwindows.experiment.Decisions;
import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decisions in a run's folder, one JSON object a line. A last line that was never finished is no
/// decision: it is not read, and the next one takes its place.
///
/// @param writable whether the run is open for writing
record DecisionFile(Path file, boolean writable) implements Decisions {
  @Override
  public void append(List<Decision> decisions) {
    if (!writable) {
      throw new IllegalStateException("this run is open to be read only");
    }
    StringBuilder lines = new StringBuilder();
    decisions.forEach(decision -> lines.append(DecisionJson.write(decision)).append('\n'));
    if (!lines.isEmpty()) {
      Uninterrupted.run(() -> append(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void append(byte[] lines) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.position(finished(channel));
      ByteBuffer buffer = ByteBuffer.wrap(lines);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.truncate(channel.position());
      channel.force(true);
    } catch (IOException e) {
      throw RunFiles.unwritable(file, e);
    }
  }

  /// Where the last finished line ends.
  private static long finished(FileChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (end > 0) {
      one.clear();
      if (channel.read(one, end - 1) == 1 && one.get(0) == '\n') {
        break;
      }
      end--;
    }
    return end;
  }

  @Override
  public Map<String, List<Decision>> byProblem() {
    Map<String, List<Decision>> all = new LinkedHashMap<>();
    Uninterrupted.run(
        () -> {
          for (Decision decision : read()) {
            all.computeIfAbsent(decision.problem(), problem -> new ArrayList<>()).add(decision);
          }
        });
    all.replaceAll((problem, decisions) -> List.copyOf(decisions));
    return all;
  }

  private List<Decision> read() {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | UncheckedIOException e) {
      throw new Mistake(file + " cannot be read", DecisionJson.MEND, e);
    }
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<Decision> decisions = new ArrayList<>();
    for (String line : whole.lines().toList()) {
      decisions.add(DecisionJson.read(file, decisions.size() + 1, line));
    }
    return decisions;
  }
}
