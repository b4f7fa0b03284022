package criticalwindows.cli;

import criticalwindows.alarm.AlarmScore;
import criticalwindows.monitor.Followed;
import criticalwindows.monitor.MixedScore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Scores of benign responses, by which those of a mixture are standardised. One score alone stays
/// as it is.
final class Standardising {
  private final AlarmScore score;

  /// Of each share, the scores of each response.
  private final List<List<double[]>> found;

  Standardising(AlarmScore score) {
    this.score = score;
    found =
        Stream.generate(() -> (List<double[]>) new ArrayList<double[]>())
            .limit(score.shares().size())
            .toList();
  }

  /// Takes a response that was read.
  void add(Followed response) {
    for (int share = 0; share < found.size(); share++) {
      found.get(share).add(response.scores(share));
    }
  }

  /// What is followed, with what it is on these responses.
  AlarmScore standardised() {
    return score.mixed() ? score.with(found.stream().map(MixedScore.Standard::of).toList()) : score;
  }

  /// The score that is followed, of each response.
  List<double[]> mixed() {
    AlarmScore made = standardised();
    int responses = found.getFirst().size();
    return IntStream.range(0, responses).mapToObj(response -> mixed(made, response)).toList();
  }

  private double[] mixed(AlarmScore made, int response) {
    List<MixedScore.Share> counts = made.shares().stream().map(AlarmScore.Share::counts).toList();
    int tokens = found.getFirst().get(response).length;
    double[] mixed = new double[tokens];
    for (int token = 0; token < tokens; token++) {
      double[] values = new double[found.size()];
      for (int share = 0; share < values.length; share++) {
        values[share] = found.get(share).get(response)[token];
      }
      mixed[token] = MixedScore.sum(counts, values);
    }
    return mixed;
  }
}
