package criticalwindows.hub;

import criticalwindows.benchmark.Benchmark;
import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.download.Digests;
import criticalwindows.download.Fetched;
import criticalwindows.download.Hub;
import criticalwindows.download.HubFile;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A public benchmark: from the hub by its name, from a file or folder in `mmlu:path`, from another
/// place on the hub in `math:hf://datasets/owner/name/path`.
record BenchmarkSource(Benchmark benchmark) implements DatasetSource {
  @Override
  public Card card() {
    return benchmark.card();
  }

  /// Files that are here, each with its hash.
  ///
  /// @param from where they are from, for people
  private record Here(String from, List<Path> paths, String sha256, List<String> notes) {}

  @Override
  public Dataset draw(Wish wish) {
    Here here = here(wish);
    Benchmark.Contents contents = benchmark.read(here.paths());
    DrawnProblems drawing = DrawnProblems.of(contents.problems(), wish.count(), wish.seed());
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("from", here.from());
    provenance.put("sha256", here.sha256());
    provenance.put("size", size(contents));
    List<String> notes = new ArrayList<>(here.notes());
    notes.addAll(contents.unreadable());
    return new Dataset(card(), drawing.drawn(), provenance, drawing.spare(), notes);
  }

  private static String size(Benchmark.Contents contents) {
    List<String> parts = new ArrayList<>(List.of(contents.problems().size() + " problems"));
    if (contents.repeated() > 0) {
      parts.add(contents.repeated() + " records the same as an earlier one");
    }
    if (!contents.unreadable().isEmpty()) {
      parts.add(contents.unreadable().size() + " records that cannot be read");
    }
    return String.join(", ", parts);
  }

  private Here here(Wish wish) {
    if (wish.argument().isEmpty()) {
      return fetched(wish, benchmark.hub());
    }
    if (wish.argument().startsWith(HubFile.SCHEME)) {
      return fetched(wish, List.of(HubFile.parse(wish.argument())));
    }
    List<Path> paths = benchmark.files(Path.of(wish.argument()));
    return new Here(wish.argument(), paths, hash(paths), List.of());
  }

  private static Here fetched(Wish wish, List<HubFile> files) {
    Hub hub = wish.hub().get();
    List<Fetched> all = files.stream().map(hub::fetch).toList();
    String from = all.stream().map(each -> each.file().address()).collect(Collectors.joining(" "));
    List<Path> paths = all.stream().map(Fetched::path).toList();
    List<String> notes = all.stream().flatMap(each -> each.notes().stream()).toList();
    return new Here(from, paths, hash(all.stream().map(Fetched::sha256).toList(), paths), notes);
  }

  private static String hash(List<Path> paths) {
    List<String> hashes = new ArrayList<>();
    for (Path path : paths) {
      try {
        hashes.add(Digests.sha256(path));
      } catch (IOException e) {
        throw new UserError(path + " cannot be read: " + Reason.of(e), "check the path", e);
      }
    }
    return hash(hashes, paths);
  }

  /// Of one file its hash; of more, that of the list that `sha256sum` prints of them by name.
  private static String hash(List<String> hashes, List<Path> paths) {
    if (hashes.size() == 1) {
      return hashes.getFirst();
    }
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < hashes.size(); i++) {
      list.append(hashes.get(i)).append("  ").append(paths.get(i).getFileName()).append('\n');
    }
    return Digests.sha256(list.toString());
  }
}
