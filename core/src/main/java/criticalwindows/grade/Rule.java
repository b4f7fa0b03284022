package criticalwindows.grade;

import java.util.regex.Pattern;

/// The rules of reading, all of them, strongest first; replies and whole responses are read alike.
///
/// The first four are statements: of all that a text makes, the last one that states an answer and
/// is not a negation wins, whichever rule found it. The others read texts that state nothing, each
/// only where no rule above it reads anything. All patterns run in time linear in the text.
public enum Rule {
  /// `<answer>42</answer>`.
  TAG("<answer>"),

  /// `\boxed{42}`; boxes joined by "and" or a comma are one list.
  BOX("\\\\f?boxed\\s?(?=\\{)"),

  /// "The answer is 42", "Answer: B", "#### 42", "La réponse est B", a heading "Answer" over it.
  STATEMENT(
      "(?iu)(?:(?=a)"
          + Phrases.BEGINS
          + "(?:answer(?<!(?:check|verify)(?: our| the| this| my)? answer)|ans\\.?)"
          + Phrases.OF
          + "[\\s*_\"'”）)`]{0,4}"
          + Phrases.IS
          + "|(?=[rаaоovđcjyspα\u0627उউคپת답정解正回答הp])"
          + Phrases.ANSWER
          + Phrases.RIGHT
          + "[\\s*_\"'”）)`]{0,4}"
          + Phrases.IST
          + "|(?=[\\s#*_>a-z])(?<=^|\\n"
          + ")[\\s#*_>]{0,8}(?:(?:the|my|our|final|correct|right|best)"
          + " ){0,3}answer[*_]{0,3}(?:\\s--?\\s|[*_ ]{0,4}\\r"
          + "?\\n"
          + ")|#### )"),

  /// "The correct option is B", "I choose B", "Option: B", "故选B": a choice that is taken.
  CHOSEN(
      "(?iu)(?:"
          + Phrases.BEGINS
          + "(?:the|"
          + Phrases.BEST
          + ")(?:\\s(?!answer)(?:"
          + Phrases.OPTION
          + "|one|selection|pick|guess|response|conclusion|solution|completion|explanation))?"
          + Phrases.OF
          + "[\\s*_]{0,4}"
          + Phrases.IS
          + "|(?<=^|\\n"
          + ")[\\s#*_>-]{0,8}(?:(?:the|my|final|correct|selected|chosen|best) ){0,2}"
          + "(?:option|choice|letter|selection|pick|response|conclusion|verdict|decision|result"
          + "|solution|final|selected|chosen|correct|guess|opción|opção|gabarito|lösung|решение|jwb)"
          + "[*_]{0,3}\\s?[:：=][*_]{0,3}|"
          + Phrases.BEGINS
          + "(?:i|we)(?:['’](?:d|ll|m|ve)| would| will| shall| must| should| have to| can| am|"
          + " going to| therefore| thus| have| do| confidently| \\p{L}{2,12}ly){0,3}"
          + " (?:choose|chose|chosen|pick(?:ed)?|select(?:ed)?|go(?:ing)? (?:with|for)|went"
          + " with|opt(?:ed)? for|settle(?:d)? (?:on|for)|vote"
          + " for|answer|say|think|believe|guess|conclude(?: that)?)"
          + Phrases.ENDS
          + "|(?:(?<=^|[.:;!?,\\n"
          + "])\\s{0,3}|(?<!\\p{L})(?:so|thus|therefore|hence|should|must)"
          + " )(?:choose|pick|select|go with|going with|opt for)"
          + Phrases.ENDS
          + "|(?<!\\p{L})(?:elijo|escojo|selecciono|escolho|seleciono|je choisis|ich"
          + " wähle|scelgo|выбираю|saya (?:me)?milih|tôi chọn|chọn|wybieram|ik"
          + " kies|(?:opción|alternativa|letra) correcta es|(?:opção|alternativa|letra)"
          + " (?:correta|certa) é|(?:option|proposition|lettre) (?:correcte|juste)"
          + " est|(?:bonne|meilleure) (?:option|proposition) est|(?:richtige|korrekte)"
          + " (?:option|lösung|wahl|aussage|buchstabe)"
          + " (?:ist|lautet)|(?:opzione|alternativa|scelta) (?:corretta|giusta|esatta)"
          + " è|правильн\\p{L}{2} вариант(?: ответа)?(?:[:\\s—–-]|это){1,4}|pilihan (?:yang"
          + " )?(?:benar|tepat) adalah|phương án đúng là|(?:doğru )?(?:cevap|yanıt|seçenek)|सही"
          + " (?:उत्तर|विकल्प)|poprawna opcja to|juiste optie is)"
          + Phrases.ENDS
          + "|(?<![不能别没])[选選][择擇]?(?![项項择擇])|正确的?选项(?:应该|应)?[是为:：]|答案(?:应)?[选選]?(?=[(\\s]?\\p{IsLatin}[)\\s。，.]?))"),

  /// The text is nothing but an answer.
  WHOLE("^"),

  /// "Final answer: the largest number is 42": the end of a sentence that was announced.
  ANNOUNCED(""),

  /// "… so it must be B", "That leaves B", "It is 42": what something is, or what follows.
  CONCLUSION(
      "(?iu)(?:"
          + Phrases.BEGINS
          + "(?:(?:it|that|this|which|one)(?:['’]s| is| was| equals)|(?:must|has to|have"
          + " to|should|can only) (?:therefore )?be"
          + "|(?:so|therefore|thus|hence|then|consequently|overall|conclusion|finally|ergo)[,:]?|leav(?:es|ing)(?:"
          + " us)?(?: with)?|left with|we have|but|sondern|sino|i\\.e\\.,?|namely)"
          + Phrases.ENDS
          + "|[.!?。]\\s|\\n|[⇒→∴]|[-=]>)"),

  /// "D. It can't be A or B": the choice that the text begins with.
  LEAD("^"),

  /// The only choice that is named and not ruled out.
  ONLY(
      "(?<![\\p{L}\\p{N}])(?:(?iu:only|just)\\s(?:(?iu:option|choice|answer|statement)\\s)?(?=[A-Z1-9](?![\\p{L}\\p{N}'’-]))"
          + "|(?=[(\\[]\\p{IsLatin}[)\\]]))((?:[(\\[]?)[A-Za-z1-9][)\\]]?)"),

  /// The last formula or emphasised value, or the last number after it.
  LAST(
      "\\$\\$[^$]{1,2000}?\\$\\$|\\\\\\[.{1,2000}?\\\\]|\\\\\\([^\\n"
          + "]{1,2000}?\\\\\\)|\\$(?:\\\\[^\\n"
          + "]|[^$\\\\\\n"
          + "]){1,2000}?\\$|\\*\\*[^*\\n"
          + "]{1,80}\\*\\*|(?<![\\p{IsLatin}0-9_.])(?:(?<![\\p{L}0-9)]"
          + " {0,3})[-−+])?\\$?(?:\\\\[dt]?frac\\{[^{}]{1,40}}\\{[^{}]{1,40}}|[0-9][0-9,]*(?:\\.[0-9]+)?|\\.[0-9]+)(?:/[0-9]+)?(?:"
          + " ?\\\\?%)?");

  private final Pattern pattern;

  Rule(String pattern) {
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
  }

  Pattern pattern() {
    return pattern;
  }
}
