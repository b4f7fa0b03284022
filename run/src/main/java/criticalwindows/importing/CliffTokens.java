package criticalwindows.importing;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// `cliff-tokens`: one file of `03_rollout`, an array of responses or one a line, each with
/// `response_tokens`, `response_token_ids`, `is_correct`, and `all_position_scores`: after the
/// first token, the second and so on the share of rollouts that came to the right answer.
///
/// What was not measured is there as 0: behind 20 places in a row where the share is 0, and between
/// places that lie a stride apart. It is told by that, and left out.
final class CliffTokens implements Layout {
  static final String CORRECT = "correct";
  static final String INCORRECT = "incorrect";

  /// Zeros in a row behind which nothing is measured.
  private static final int ZEROS = 20;

  /// Places with a share above 0 from which a stride is told.
  private static final int FEWEST = 8;

  @Override
  public String name() {
    return "cliff-tokens";
  }

  @Override
  public List<Path> parts(Path path) {
    if (Files.isDirectory(path)) {
      throw new UserError(
          path + " is a folder", "name one file of it, such as gsm1k_100_all_paths.json");
    }
    return List.of(path);
  }

  @Override
  public void read(ImportSource source, Path part, Consumer<Recorded> taker) {
    Shares shares = Shares.of(source, CORRECT, INCORRECT);
    for (Fields each : source.records(part)) {
      String id = each.text("id");
      Problem item =
          Items.item(source.root(), id, each.word("question").orElse(""), Optional.of(CORRECT));
      Spelt response = response(source, each);
      taker.accept(
          new Recorded(
              item,
              response,
              FinishReason.STOP,
              Optional.of(each.flag("is_correct") ? CORRECT : INCORRECT),
              places(source, each, shares, response.ids().size())));
    }
  }

  private static Spelt response(ImportSource source, Fields each) {
    List<String> texts = each.texts("response_tokens");
    List<Integer> ids = each.wholes("response_token_ids");
    if (texts.size() != ids.size()) {
      throw each.wrong(texts.size() + " response_tokens and " + ids.size() + " ids");
    }
    return GivenIds.spelt(source, texts, ids, each.word("response"));
  }

  private static SortedMap<Integer, List<Recorded.Rollout>> places(
      ImportSource source, Fields each, Shares shares, int length) {
    List<Optional<Double>> scores = each.numbers("all_position_scores");
    if (scores.size() > length) {
      throw each.wrong(scores.size() + " all_position_scores of " + length + " tokens");
    }
    SortedMap<Integer, List<Recorded.Rollout>> places = new TreeMap<>();
    int stride = stride(scores);
    int zeros = 0;
    long left = 0;
    for (int i = 0; i < scores.size(); i++) {
      boolean measured = scores.get(i).isPresent() && i % stride == 0 && zeros < ZEROS;
      if (measured) {
        double share = scores.get(i).get();
        zeros = share == 0 ? zeros + 1 : 0;
        places.put(i + 1, shares.rollouts(each, share));
      } else {
        left++;
      }
    }
    source.count("places that were not measured, left out", left);
    return places;
  }

  /// The distance of places that were measured, where only every so many are.
  private static int stride(List<Optional<Double>> scores) {
    int stride = 0;
    int above = 0;
    for (int i = 0; i < scores.size(); i++) {
      if (scores.get(i).orElse(0.0) > 0) {
        stride = divisor(stride, i);
        above++;
      }
    }
    return above < FEWEST ? 1 : Math.max(1, stride);
  }

  private static int divisor(int one, int other) {
    return other == 0 ? one : divisor(other, one % other);
  }
}
