package criticalwindows.world;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.util.ArrayList;
import java.util.List;

/// A question with one answer, reasoned through by a program: the question is that program, and
/// nothing but its own fields decides what the program may write.
///
/// The text of the program is what follows "Let's think step by step:" and so begins with a space.
/// Its answer is `(B)`, naming an option, or `$42$`, a number.
public sealed interface Question extends Program
    permits WordProblem, MethodChoice, Ordering, Syllogism, FactQuestion {
  /// What kind of question it is, as the prompt calls it: math, logic or science.
  String task();

  /// What is asked, without the options.
  String question();

  /// The options in order, at most five; none where the answer is a number.
  List<String> options();

  /// The right answer in its own words: an option's text, or a number.
  String truth();

  /// The answer that names a value: its option as `(B)`, or the number as `$42$`. A value that is
  /// not among the options is named by the last of them, "None of these".
  default String answerNaming(String value) {
    return options().isEmpty() ? "$" + value + "$" : "(" + label(place(value)) + ")";
  }

  /// Writes the answer that names a value, as every reasoning ends.
  ///
  /// @return the answer
  default String conclude(ProgramSource source, String value) {
    String answer = answerNaming(value);
    Conclusion.write(source, options(), answer);
    return answer;
  }

  /// What an answer stands for: an option's text, or a number.
  ///
  /// @param answer as [#run(ProgramSource)] returns it
  default String valueOf(String answer) {
    return options().isEmpty()
        ? answer.substring(1, answer.length() - 1)
        : options().get(answer.charAt(1) - 'A');
  }

  /// The question as a data set holds it.
  ///
  /// @param dataset the data set's name
  default Problem problem(String dataset) {
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < options().size(); i++) {
      choices.add(new Choice(label(i), options().get(i)));
    }
    String right = options().isEmpty() ? truth() : label(place(truth()));
    return Problem.of(dataset, task(), question(), choices, right);
  }

  /// The place of a value among the options, counted from 0.
  private int place(String value) {
    int place = options().indexOf(value);
    return place < 0 ? options().size() - 1 : place;
  }

  private static String label(int place) {
    return String.valueOf((char) ('A' + place));
  }
}
