package criticalwindows.benchmark;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.util.List;
import java.util.stream.IntStream;

/// The options of a question and which of them is right, however a record labels them. A model sees
/// them as A, B, C, …
///
/// @param right the place of the right one, from 0
record Options(List<String> texts, int right) {
  private static final int MOST = 26;

  Options {
    texts = List.copyOf(texts);
  }

  /// @throws Unreadable if there are fewer than two or more than 26, or none at the right one's
  ///   place
  static Options of(List<String> texts, int right) throws NotAProblem {
    if (texts.size() < 2 || texts.size() > MOST) {
      throw new NotAProblem("has " + texts.size() + " options");
    }
    if (right < 0 || right >= texts.size()) {
      throw new NotAProblem("has " + texts.size() + " options, and its answer is none of them");
    }
    return new Options(texts, right);
  }

  /// The place of a letter among the letters from A on, from 0.
  ///
  /// @throws Unreadable if it is no single letter
  static int place(String letter, char first) throws NotAProblem {
    int place = letter.length() == 1 ? letter.charAt(0) - first : -1;
    if (place < 0 || place >= MOST) {
      throw new NotAProblem("has an answer that is no letter from " + first + " on: " + letter);
    }
    return place;
  }

  private static String label(int place) {
    return String.valueOf((char) ('A' + place));
  }

  /// The problem with these options.
  Problem problem(String dataset, String task, String question) {
    List<Choice> choices =
        IntStream.range(0, texts.size())
            .mapToObj(place -> new Choice(label(place), texts.get(place)))
            .toList();
    return Problem.of(dataset, task, question, choices, label(right));
  }
}
