package criticalwindows.grade;

/// The words with which people say what their answer is, in the languages that models write, as
/// parts of the patterns in [Rule].
///
/// To add a language: its noun for an answer to `ANSWER`, what may stand between that and the
/// answer to `RIGHT` and `IS`, and its words for an option to `OPTION`.
final class Phrases {
  /// A word begins here. The JDK's own mark of a boundary knows ASCII only.
  static final String BEGINS = "(?<![\\p{L}\\p{N}])";

  static final String ENDS = "(?![\\p{L}\\p{N}])";

  /// An answer, as a noun of another language than English.
  static final String ANSWER =
      "(?:"
          + BEGINS
          + "(?:r[ée]ponse|respuesta|resposta|risposta|antwort|antwoord|ответ"
          + "|відповідь|отговор(?:ът)?|đáp án|câu trả lời|jawaban(?:nya)?|jawapan|cevap|yanıt"
          + "|odpowied[źz]|odpověď|odpoveď|svar(?:et)?|vastaus|válasz|răspuns(?:ul)?|απάντηση"
          + "|الإجابة|الجواب|उत्तर|उत्तर|উত্তর|คำตอบ|پاسخ|התשובה|jibu|sagot)|คำตอบ"
          + "|答案|答え|解答|回答|正解|정답|답)";

  /// What may stand between an answer and what is said of it.
  static final String OF =
      "(?:[\\s,]{0,3}(?:here|then|therefore|thus|(?:that )?i(?: would)? (?:choose|give|pick)"
          + "|(?:to|for|of) (?:this|the|your|that)(?: \\p{L}{1,20}){1,3}?)){0,2}";

  /// What says that an answer follows.
  static final String IS =
      "(?:"
          + BEGINS
          + "(?:is|are|was|equals|must be|should be|would be|will be|has to be|can only be)"
          + ENDS
          + "|[:：=＝→⇒]|[-=]>|[—–]\\s)";

  /// As [#OF], in other languages than English.
  static final String RIGHT =
      "(?:[\\s,]{0,3}(?:correct[aeo]|corret[ao]|corretta|giusta|esatta|certa|juste|finale?|definitiva|yang"
          + " (?:benar|tepat|betul)|đúng(?: nhất)?|chính xác|cuối cùng|الصحيحة|النهائية|الصحيح"
          + "|النهائي|صحیح|نهایی|הנכונה|ที่ถูกต้อง|sahihi|选项|選項)){0,2}";

  /// As [#IS], in other languages than English.
  static final String IST =
      "(?:"
          + BEGINS
          + "(?:est|es|sería|seria|debe ser|deve ser|doit être|é|è|ist|lautet|wäre|is|adalah|ialah"
          + "|yaitu|là|to|brzmi|jest|je|är|er|on|este|είναι η|είναι|هي|هو|है|คือ|است|היא|הוא|е|это"
          + "|ni|ay)"
          + ENDS
          + "|คือ|应该是|应该为|应当是|应为|应是|[是为為은는はが]|[:：=＝→⇒]|[-=]>|[—–-]\\s)";

  /// An option, as a noun, before its label or text.
  static final String OPTION =
      "(?:option|choice|answer|letter|alternative|number|statement|opci[óo]n|opção|opzione|letra"
          + "|lettera|lettre|alternativa|réponse|respuesta|resposta|risposta|proposition|antwort"
          + "|antwoord|buchstabe|optie|вариант(?:а|ом)?(?: ответа)?|букв[аоу]й?|pilihan|opsi|huruf"
          + "|phương án|lựa chọn|đáp án|opcja|odpowiedź|možnost|alternativet|seçenek|şık|विकल्प"
          + "|الخيار|گزینه)";

  /// As [#OPTION], in scripts without spaces between words.
  static final String OPTION_UNSPACED = "(?:选项|選項|答案|選択肢|선택지|보기|ข้อ|ตัวเลือก)";

  /// What makes an option the one that is meant.
  static final String BEST =
      "(?:correct|right|best|final|proper|chosen|selected|remaining|(?:most )?(?:appropriate|likely"
          + "|accurate|suitable|plausible|probable|logical|fitting)|my|our|only(?:"
          + " (?:correct|remaining|valid|possible|plausible))?)";

  /// Words before an answer that say nothing of it.
  static final String FILLER =
      "(?:the|that|most likely|likely|for"
          + " sure|definitely|clearly|probably|certainly|obviously|surely|simply|therefore|thus|indeed|indicated"
          + " by|given by|as follows|with|both|la|el|le|die|der|das|de|het|o|η|to"
          + " jest|это|also|always|only|just|either|it['’]s|it is|it must be|that['’]s)";

  /// Not: what follows is ruled out.
  static final String NOT =
      "(?:not|n['’]t|never|neither|cannot|nicht|kein|pas|non|não|niet|inte|ikke|не|нет|nie|bukan"
          + "|tidak|không phải|不是|不会|并非|不)";

  private Phrases() {}
}
