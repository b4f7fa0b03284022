package criticalwindows.grade;

import criticalwindows.grade.Labels.Care;
import criticalwindows.grade.NamedChoices.Found;
import criticalwindows.grade.Statements.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Statements that name their choice first: "B is the correct answer", "B正确".
record Verdicts(NamedChoices naming) {
  private static final int MOST = 64;

  private static final Pattern VERDICT =
      Pattern.compile(
          "(?iu)(?:\\s(?:is|must be|has to be|would be|should be|are) (?:clearly |therefore |thus"
              + " |definitely |obviously |indeed |most likely |probably |also )?(?:(?:the|my) )?(?:"
              + Phrases.BEST
              + " ){0,2}(?:answer|option|choice|one|correct|right|pick|solution|response|(?:the"
              + " )?most \\p{L}{3,20}(?=[.,;!]|$|\\s(?:here|because|since|of)))(?!\\p{L})(?! to"
              + " (?:say|think))|\\s(?:est|es|ist|é|è) (?:(?:la|die|a)"
              + " )?(?:(?:bonne|richtige|korrekte)"
              + " (?:réponse|antwort|option|lösung)|(?:réponse|respuesta|resposta|risposta|opción|opção|opzione)"
              + " (?:correcte?|correcta|certa|corretta|giusta)|correcte?|juste"
              + "|correcta|richtig|korrekt|certa|giusta|corretta)(?!\\p{L})"
              + "|\\s(?:верный|верно|верен|правильный)(?!\\p{L})|\\s?[:：–-]\\s?(?:correct|right|yes)(?!\\p{L})(?!"
              + " (?:answer|option|choice))"
              + "|\\s?[✓✔✅]|\\s?(?:项|選項|选项)?是?(?:对的|正确的?|正確|最佳)|\\s?(?:が|은|는|이|가)"
              + " ?(?:正解|正しい|정답|맞)|\\s?を選)");
  private static final Pattern START =
      Pattern.compile(
          "[.!?;:,。，；：\\n"
              + "]\\s|[\\n"
              + "。，；：]|(?iu)(?<!\\p{L})(?:that|so|and|but|think|believe|means|only|hence|thus|therefore|because|then|所以|因此|故)(?!\\p{IsLatin})");
  private static final Pattern JOINED =
      Pattern.compile(
          "(?:(?<!\\p{L})[(\\[]?[A-Z1-9][)\\]]?\\s*,?\\s*(?:(?:and|or|nor)(?!\\p{L})|[/&和或])"
              + "|(?iu:(?<!\\p{L})(?:than|not|neither|nor|if|whether|unless)|n['’]t|不))[\\s(\\[*]*$");

  /// The statements of this kind in a text, in order.
  List<Statement> in(String text) {
    List<MatchResult> all = VERDICT.matcher(text).results().toList();
    List<Statement> found = new ArrayList<>();
    for (MatchResult verdict : all.subList(Math.max(0, all.size() - MOST), all.size())) {
      before(text, verdict.start()).ifPresent(found::add);
    }
    return found;
  }

  /// What is named right before a place.
  private Optional<Statement> before(String text, int end) {
    int from = Math.max(0, end - naming.reach());
    List<Integer> starts = new ArrayList<>();
    if (from == 0) {
      starts.add(0);
    }
    Matcher start = START.matcher(text).region(from, end);
    while (start.find()) {
      starts.add(start.end());
    }
    int word = lastWord(text, from, end);
    if (word < end && "([*".indexOf(text.charAt(word)) >= 0) {
      starts.add(word);
    }
    List<Integer> near =
        new ArrayList<>(starts.subList(Math.max(0, starts.size() - 8), starts.size()));
    near.addFirst(starts.isEmpty() ? from : starts.getFirst());
    for (int each : near) {
      String said = text.substring(each, end);
      Found found = naming.at(said, 0, Care.ALONE);
      boolean all =
          found.readable()
              && said.substring(found.end()).replaceAll("[*_$`\"“”'’)\\]}\\s]+", "").isEmpty();
      if (all
          && !Statements.supposed(text, each)
          && !JOINED.matcher(text.substring(Math.max(from, each - 40), each)).find()) {
        return Optional.of(new Statement(Rule.CHOSEN, each, each, said, true));
      }
    }
    return Optional.empty();
  }

  /// Where the last word before a place begins, its bracket included.
  private static int lastWord(String text, int from, int end) {
    int at = end;
    while (at > from && !Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
