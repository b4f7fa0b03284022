package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;

/// Three to six sentences with a choice of two words each. Every choice depends on the first and
/// the previous one. The answer is the chosen words with commas between them.
///
/// @param blanks at least one
public record FormProgram(List<Blank> blanks) implements Program {
  /// The form that people see first.
  public static final FormProgram STANDARD =
      new FormProgram(
          List.of(
              new Blank("We painted the {} in bright colors.", "Lighthouse", "Barn"),
              new Blank("A small {} waited by the window.", "Otter", "Goat"),
              new Blank("The guide pointed at the {}.", "Phoenix", "Fountain"),
              new Blank("They wrote a song about the {}.", "Mermaid", "Mayor"),
              new Blank("Someone left a {} behind the door.", "Rune", "Clock")));

  private static final String INSTRUCTION =
      "Complete these sentences. For each blank choose one of the words in brackets, write it"
          + " exactly as given, and write nothing but the finished sentences.";

  public FormProgram {
    blanks = List.copyOf(blanks);
    if (blanks.isEmpty()) {
      throw new IllegalArgumentException("a form without a blank");
    }
  }

  /// A sentence with a choice.
  ///
  /// @param stem the sentence, with ` {}` where the word goes
  public record Blank(String stem, String one, String other) {
    public Blank {
      if (!stem.contains(" {}")) {
        throw new IllegalArgumentException("no \" {}\" in \"" + stem + "\"");
      }
      if (!Lexicon.knows(one) || !Lexicon.knows(other)) {
        throw new IllegalArgumentException(
            one + " or " + other + " has no known probabilities; choose from " + Lexicon.WORDS);
      }
    }

    private String before() {
      return stem.substring(0, stem.indexOf(" {}"));
    }

    private String after() {
      return stem.substring(stem.indexOf("{}") + 2);
    }
  }

  /// What the user's turn says.
  public String request() {
    StringBuilder request = new StringBuilder(INSTRUCTION).append("\n");
    for (int i = 0; i < blanks.size(); i++) {
      Blank blank = blanks.get(i);
      request.append("\n").append(i + 1).append(". ");
      request.append(blank.stem().replace("{}", "(" + blank.one() + "/" + blank.other() + ")"));
    }
    return request.toString();
  }

  @Override
  public String run(ProgramSource source) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < blanks.size(); i++) {
      Blank blank = blanks.get(i);
      source.write((i == 0 ? "" : "\n") + (i + 1) + ". " + blank.before());
      double probability = Lexicon.probability(blank.one(), blank.other(), chosen);
      int other =
          source.decide(
              "blank" + (i + 1),
              new Option(probability, " " + blank.one()),
              new Option(1 - probability, " " + blank.other()));
      chosen.add(other == 0 ? blank.one() : blank.other());
      source.write(blank.after());
    }
    return String.join(",", chosen);
  }
}
