package criticalwindows.importing;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `forking-fast`: stores, each a JSON file packed by gzip with one question:
///
/// - `meta`: the question, its choices, the letter of the right one;
/// - `base`: the response, as token ids and the text of each;
/// - `branches`: at position t, for a next token, the answers of rollouts from behind that token.
///
/// A branch whose token is the response's own is what its rollouts from t + 1 tokens kept came to.
/// The others are draws from other beginnings, and left out: weighted together they say what
/// happens from t, but not how often of how many.
final class ForkingFast implements Layout {
  private static final int DEPTH = 5;
  private static final int MOST_FILES = 10_000;
  private static final String END = ".json.gz";

  @Override
  public String name() {
    return "forking-fast";
  }

  @Override
  public List<Path> parts(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> inside = Files.walk(path, DEPTH)) {
      List<Path> stores =
          inside
              .filter(file -> String.valueOf(file.getFileName()).endsWith(END))
              .limit(MOST_FILES + 1L)
              .sorted()
              .toList();
      if (stores.isEmpty() || stores.size() > MOST_FILES) {
        throw new UserError(
            path
                + (stores.isEmpty()
                    ? " has no file that ends with " + END
                    : " has more than " + MOST_FILES + " stores"),
            "name a folder of stores, or one of them");
      }
      return stores;
    } catch (IOException e) {
      throw new UserError(path + " cannot be listed: " + Reason.of(e), "see who may read it", e);
    }
  }

  @Override
  public void read(ImportSource source, Path part, Consumer<Recorded> taker) {
    Fields store = source.unpacked(part);
    Fields meta = store.object("meta");
    Fields base = store.object("base");
    meta.word("model").ifPresent(source::model);
    Problem item = item(source, part, meta);
    Spelt response = response(source, base);
    boolean ended = base.word("finish_reason").map(why -> !why.equals("length")).orElse(true);
    taker.accept(
        new Recorded(
            item,
            response,
            ended ? FinishReason.STOP : FinishReason.LENGTH,
            ended ? stated(item, response.written().text()) : Optional.empty(),
            places(source, store, item, response)));
    source.count("responses that are the greedy ones, while their rollouts are sampled", 1);
    boolean guessed =
        store.has("diagnostics")
            && store.object("diagnostics").has("regex_coverage")
            && store.object("diagnostics").number("regex_coverage") < 1;
    source.count(
        "responses some of whose rollouts stated no answer and got the likeliest letter from the"
            + " tool",
        guessed ? 1 : 0);
  }

  private static Problem item(ImportSource source, Path part, Fields meta) {
    String file = String.valueOf(part.getFileName());
    String row = meta.word("row_id").map(id -> "row" + id).orElseGet(() -> file.replace(END, ""));
    String id = meta.word("track").map(track -> track + "-" + row).orElse(row);
    List<String> texts = meta.texts("choices");
    List<Choice> choices =
        IntStream.range(0, texts.size())
            .mapToObj(i -> new Choice(Character.toString('A' + i), texts.get(i)))
            .toList();
    Optional<String> right =
        meta.word("answer_letter")
            .filter(letter -> choices.stream().anyMatch(choice -> choice.label().equals(letter)));
    Problem open = Items.item(source.root(), id, meta.text("question"), right);
    return Items.among(open, choices);
  }

  private static Spelt response(ImportSource source, Fields base) {
    List<Integer> ids = base.wholes("gen_ids");
    List<String> texts = base.texts("token_texts");
    int length = base.has("n_response_tokens") ? base.whole("n_response_tokens") : ids.size();
    if (texts.size() != ids.size() || length > ids.size()) {
      throw base.wrong(
          ids.size() + " gen_ids, " + texts.size() + " token_texts, n_response_tokens " + length);
    }
    return GivenIds.spelt(
        source, texts.subList(0, length), ids.subList(0, length), base.word("base_text"));
  }

  /// The store does not say what the response itself came to, so its text is read as any response
  /// is.
  private static Optional<String> stated(Problem item, String text) {
    return Grader.STANDARD.read(item, text).answer() instanceof Answer.Label(String label)
        ? Optional.of(label)
        : Optional.empty();
  }

  private static SortedMap<Integer, List<Recorded.Rollout>> places(
      ImportSource source, Fields store, Problem item, Spelt response) {
    Set<Integer> all = new HashSet<>();
    SortedMap<Integer, List<Recorded.Rollout>> places = new TreeMap<>();
    for (Fields branch : store.objects("branches")) {
      int at = branch.whole("t");
      all.add(at);
      if (branch.flag("is_base")) {
        boolean own = at < response.ids().size() && branch.whole("tok_id") == response.ids().at(at);
        List<Recorded.Rollout> rollouts = rollouts(item, branch.texts("answers"));
        if (own && !rollouts.isEmpty() && places.put(at + 1, rollouts) != null) {
          throw branch.wrong("there are two branches of the response's own token at " + at);
        }
      }
    }
    source.count(
        "places without rollouts behind the response's own token", all.size() - places.size());
    return places;
  }

  private static List<Recorded.Rollout> rollouts(Problem item, List<String> answers) {
    List<String> labels = item.choices().stream().map(Choice::label).toList();
    List<Recorded.Rollout> rollouts = new ArrayList<>();
    for (String answer : answers) {
      Optional<String> letter = Optional.of(answer).filter(labels::contains);
      rollouts.add(new Recorded.Rollout(Optional.empty(), letter));
    }
    return rollouts;
  }
}
