package criticalwindows.torch;

import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Passages one after the other, those of the same length beside each other, without padding.
final class Packed {
  private final List<Passage> passages;

  /// The passages' numbers in the order in which they lie here.
  private final List<Integer> order;

  private final long[] ids;
  private final int[] positions;
  private final List<Group> groups = new ArrayList<>();

  /// Rows after which a token is asked for, each once.
  private final long[] places;

  /// Of each target, its row among [#places], and its token.
  private final int[] rows;

  private final int[] tokens;

  /// Passages of one length.
  record Group(int passages, int length) {
    int rows() {
      return passages * length;
    }
  }

  Packed(List<Passage> passages) {
    this.passages = passages;
    order =
        IntStream.range(0, passages.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> passages.get(i).ids().size()))
            .toList();
    int size = passages.stream().mapToInt(passage -> passage.ids().size()).sum();
    int targets = passages.stream().mapToInt(passage -> passage.targets().size()).sum();
    ids = new long[size];
    positions = new int[size];
    rows = new int[targets];
    tokens = new int[targets];
    long[] some = new long[targets];
    int row = 0;
    int target = 0;
    int place = -1;
    for (int number : order) {
      Passage passage = passages.get(number);
      Targets wanted = passage.targets();
      for (int i = 0; i < wanted.size(); i++) {
        long at = row + (long) wanted.place(i);
        if (place < 0 || some[place] != at) {
          some[++place] = at;
        }
        rows[target] = place;
        tokens[target++] = wanted.token(i);
      }
      row = read(passage, row);
    }
    places = Arrays.copyOf(some, place + 1);
  }

  private int read(Passage passage, int from) {
    int length = passage.ids().size();
    for (int i = 0; i < length; i++) {
      ids[from + i] = passage.ids().at(i);
      positions[from + i] = i;
    }
    if (!groups.isEmpty() && groups.getLast().length == length) {
      groups.add(new Group(groups.removeLast().passages + 1, length));
    } else {
      groups.add(new Group(1, length));
    }
    return from + length;
  }

  /// Tokens of all passages.
  int size() {
    return ids.length;
  }

  long[] ids() {
    return ids;
  }

  int[] positions() {
    return positions;
  }

  List<Group> groups() {
    return groups;
  }

  long[] places() {
    return places;
  }

  int targets() {
    return rows.length;
  }

  int row(int target) {
    return rows[target];
  }

  int token(int target) {
    return tokens[target];
  }

  /// Read or asked for.
  int largestToken() {
    long read = Arrays.stream(ids).max().orElse(0);
    return (int) Math.max(read, Arrays.stream(tokens).max().orElse(0));
  }

  /// What is known of each target, by passage in the order in which they were given.
  List<float[]> byPassage(double[] values) {
    float[][] all = new float[passages.size()][];
    int from = 0;
    for (int number : order) {
      float[] own = new float[passages.get(number).targets().size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = (float) values[from++];
      }
      all[number] = own;
    }
    return List.of(all);
  }

  /// The rows at the targets, by passage in the order in which they were given.
  ///
  /// @param numbers of shape [places, width], row by row
  List<float[][]> byPassage(double[] numbers, int width) {
    float[][][] all = new float[passages.size()][][];
    int target = 0;
    for (int number : order) {
      float[][] own = new float[passages.get(number).targets().size()][width];
      for (float[] into : own) {
        int from = rows[target++] * width;
        for (int i = 0; i < width; i++) {
          into[i] = (float) numbers[from + i];
        }
      }
      all[number] = own;
    }
    return List.of(all);
  }

  /// The way back.
  double[] byTarget(List<float[]> values) {
    double[] all = new double[rows.length];
    int from = 0;
    for (int number : order) {
      float[] own = values.get(number);
      int wanted = passages.get(number).targets().size();
      if (own.length != wanted) {
        throw new IllegalArgumentException(own.length + " values of " + wanted + " targets");
      }
      for (float value : own) {
        all[from++] = value;
      }
    }
    return all;
  }
}
