package criticalwindows.foresight;

import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.finetune.WhiteBox;
import java.util.ArrayList;
import java.util.List;

/// What a model holds at the cuts of responses: its last hidden state after the last token that is
/// kept. All cuts of a response are read in one go.
final class CutStates {
  private static final int AT_ONCE = 16;

  private CutStates() {}

  /// @param model as it is; nothing is trained
  /// @return of all prefixes of all responses, in their order
  static List<float[]> of(WhiteBox model, List<CutResponse> responses) {
    List<float[]> states = new ArrayList<>();
    for (int from = 0; from < responses.size(); from += AT_ONCE) {
      List<Passage> passages =
          responses.subList(from, Math.min(from + AT_ONCE, responses.size())).stream()
              .map(CutStates::passage)
              .toList();
      model.states(passages).forEach(found -> states.addAll(List.of(found)));
    }
    return states;
  }

  /// Which tokens are asked for does not matter.
  private static Passage passage(CutResponse response) {
    List<Prefix> prefixes = response.prefixes();
    int[] places = prefixes.stream().mapToInt(prefix -> prefix.start().size() - 1).toArray();
    return new Passage(prefixes.getLast().start(), new Targets(places, new int[places.length]));
  }
}
