package criticalwindows.importing;

import criticalwindows.dataset.Problem;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `thought-anchors`: a folder for each response, `problem_N` or `scenario_N`, with
///
/// - `base_solution.json`: the response (`solution`), its `answer`, and `is_correct`;
/// - `problem.json`: the question (`problem`) and the right answer (`gt_answer`), each or none;
/// - `chunks.json` or `chunks_labeled.json`: the sentences of the response;
/// - `chunk_I/solutions.json`: rollouts from before sentence I, with their text, `answer` and
///   `is_correct`.
///
/// A rollout is right where the file says so, and else it is what it answered.
final class ThoughtAnchors implements Layout {
  private static final Pattern PROBLEM = Pattern.compile("(problem|scenario)_\\d{1,9}");
  private static final String BASE = "base_solution.json";

  @Override
  public String name() {
    return "thought-anchors";
  }

  @Override
  public List<Path> parts(Path path) {
    if (path.toAbsolutePath().normalize().toString().contains("forced_answer")) {
      throw new UserError(
          path + " has forced answers, which are no continuations of the response",
          "name the folder beside it without forced_answer in its name");
    }
    if (Files.isRegularFile(path.resolve(BASE))) {
      return List.of(path);
    }
    List<Path> parts = problems(path);
    if (parts.isEmpty()) {
      throw new UserError(
          path + " has no folder problem_N or scenario_N with a " + BASE,
          "name the folder that has them, such as correct_base_solution, or one of them");
    }
    return parts;
  }

  private static List<Path> problems(Path path) {
    if (!Files.isDirectory(path)) {
      throw new UserError(
          path + (Files.exists(path) ? " is no folder" : " is not there"),
          "name the folder that has the folders problem_N");
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside
          .filter(part -> PROBLEM.matcher(String.valueOf(part.getFileName())).matches())
          .filter(part -> Files.isRegularFile(part.resolve(BASE)))
          .sorted(Comparator.comparingInt(ThoughtAnchors::number).thenComparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw new UserError(path + " cannot be listed: " + Reason.of(e), "see who may read it", e);
    }
  }

  private static int number(Path part) {
    return Integer.parseInt(String.valueOf(part.getFileName()).replaceAll("\\D+", ""));
  }

  @Override
  public void read(ImportSource source, Path part, Consumer<Recorded> taker) {
    Fields base = source.json(part.resolve(BASE));
    Optional<String> response =
        base.word("solution").or(() -> base.word("full_cot")).filter(text -> !text.isBlank());
    if (response.isEmpty() || base.has("error")) {
      source.count("folders without a response, left out", 1);
      return;
    }
    Path file = part.resolve("problem.json");
    Optional<Fields> problem =
        Files.exists(file) ? Optional.of(source.json(file)) : Optional.empty();
    Optional<String> gold =
        problem.flatMap(known -> known.word("gt_answer")).filter(known -> !known.isBlank());
    String question =
        problem.flatMap(known -> known.word("problem")).or(() -> base.word("prompt")).orElse("");
    String id = String.valueOf(part.toAbsolutePath().normalize().getFileName());
    Problem item = Items.item(source.root(), id, question, gold);
    List<String> chunks = chunks(source, part);
    Chunked text = Chunked.of(source, response.get(), chunks);
    taker.accept(
        new Recorded(
            item,
            text.spelt(),
            FinishReason.STOP,
            outcome(base, item),
            new Places(source, part, item, text).read()));
  }

  private static List<String> chunks(ImportSource source, Path part) {
    Path file = part.resolve("chunks.json");
    if (Files.exists(file)) {
      return source.json(file).texts("chunks");
    }
    return source.json(part.resolve("chunks_labeled.json")).elements().stream()
        .map(each -> each.text("chunk"))
        .toList();
  }

  /// What a response or a rollout came to.
  static Optional<String> outcome(Fields said, Problem item) {
    String answer = said.word("answer").map(String::strip).orElse("");
    Optional<String> gold = item.answer().map(String::strip);
    boolean judged = said.has("is_correct");
    if (judged && said.flag("is_correct")) {
      return Optional.of(gold.orElse(answer)).filter(known -> !known.isEmpty());
    }
    boolean denied = judged && gold.equals(Optional.of(answer));
    return Optional.of(denied ? answer + " (recorded as wrong)" : answer)
        .filter(known -> !answer.isEmpty());
  }

  /// A response, and where its sentences begin.
  ///
  /// @param starts tokens before each sentence
  /// @param sentences without white space, to tell beginnings by
  private record Chunked(Spelt spelt, List<Integer> starts, List<String> sentences) {
    static Chunked of(ImportSource source, String response, List<String> chunks) {
      List<String> parts = parts(response, chunks);
      if (parts.isEmpty()) {
        source.count(
            "responses shown as their sentences with spaces between, which is what rollouts go on"
                + " from: they do not stand in the text one after another",
            1);
        for (String chunk : chunks) {
          parts.add((parts.isEmpty() ? "" : " ") + chunk);
        }
      }
      List<Integer> starts = new ArrayList<>();
      int tokens = 0;
      for (int i = 0; i < chunks.size(); i++) {
        starts.add(i == 0 ? 0 : tokens);
        tokens += Pieces.count(parts.get(i));
      }
      return new Chunked(
          source.pieces().spell(parts),
          starts,
          chunks.stream().map(Chunked::withoutSpace).toList());
    }

    /// The response cut behind each sentence, and what is left of it; nothing where sentences do
    /// not follow each other.
    private static List<String> parts(String response, List<String> chunks) {
      List<String> parts = new ArrayList<>();
      int from = 0;
      for (String chunk : chunks) {
        int at = response.indexOf(chunk, from);
        boolean next = at >= 0 && (from == 0 || response.substring(from, at).isBlank());
        if (!next) {
          return new ArrayList<>();
        }
        parts.add(response.substring(from, at + chunk.length()));
        from = at + chunk.length();
      }
      parts.add(response.substring(from));
      return parts;
    }

    /// The sentences before one.
    String before(int sentence) {
      return String.join("", sentences.subList(0, sentence));
    }

    static String withoutSpace(String text) {
      return text.replaceAll("\\s+", "");
    }
  }

  /// The rollouts of one response.
  private record Places(ImportSource source, Path part, Problem item, Chunked text) {
    SortedMap<Integer, List<Recorded.Rollout>> read() {
      SortedMap<Integer, List<Recorded.Rollout>> places = new TreeMap<>();
      for (int i = 0; i < text.starts().size(); i++) {
        Path file = part.resolve("chunk_" + i).resolve("solutions.json");
        List<Recorded.Rollout> here = Files.exists(file) ? rollouts(file, i) : List.of();
        if (here.isEmpty()) {
          source.count("sentences without rollouts", 1);
        } else {
          places.computeIfAbsent(text.starts().get(i), kept -> new ArrayList<>()).addAll(here);
        }
      }
      return places;
    }

    private List<Recorded.Rollout> rollouts(Path file, int sentence) {
      String before = text.before(sentence);
      List<Recorded.Rollout> rollouts = new ArrayList<>();
      for (Fields each : source.json(file).elements()) {
        boolean other =
            each.word("prefix_without_chunk")
                .map(prefix -> !Chunked.withoutSpace(prefix).equals(before))
                .orElse(false);
        if (each.has("error") || !each.has("answer")) {
          source.count("rollouts that failed, left out", 1);
        } else if (other) {
          source.count("rollouts that go on from other words than the response's own, left out", 1);
        } else {
          rollouts.add(new Recorded.Rollout(each.word("rollout"), outcome(each, item)));
        }
      }
      return rollouts;
    }
  }
}
