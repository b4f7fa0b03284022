package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.world.Segment.Kind;
import criticalwindows.world.Segment.Loss;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentsTest {
  private static final int COUNT = 3000;

  @ParameterizedTest
  @EnumSource
  void aDocumentBeginsOnceAndItsTurnsEnd(Policy policy) {
    for (Document document : documents(policy)) {
      assertThat(document.segments().getFirst())
          .isEqualTo(new Segment(Kind.CONTROL, "<|begin_of_text|>", Loss.NONE));
      assertThat(count(document, "<|begin_of_text|>")).isEqualTo(1);
      long open = count(document, "<|start_header_id|>") - count(document, "<|eot_id|>");
      boolean cutRun = document.segments().getLast().kind() == Kind.TEXT;
      assertThat(open).isEqualTo(cutRun ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatTheAssistantWritesIsLearned(Policy policy) {
    for (Document document : documents(policy)) {
      List<Segment> segments = document.segments();
      String role = "";
      boolean learned = false;
      for (int i = 0; i < segments.size(); i++) {
        if (i > 0 && segments.get(i - 1).text().equals("<|start_header_id|>")) {
          role = segments.get(i).text();
        }
        if (segments.get(i).loss() == Loss.FULL) {
          learned = true;
          assertThat(role).isEqualTo("assistant");
        }
      }
      assertThat(learned).isTrue();
    }
  }

  @Test
  void familiesAndShapesHaveTheirShares() {
    List<Document> all = documents(Policy.BASE);
    assertThat(share(all, "Complete these sentences.")).isCloseTo(.24, within(.03));
    assertThat(share(all, "|>system<|")).isCloseTo(.63, within(.03));
    List<Document> questions =
        all.stream().filter(document -> holds(document, "|>system<|")).toList();
    assertThat(share(questions, "How many "))
        .isCloseTo(.24 / .63 + .12 * 2 / 3 / .63 + .08 / 7 / .63, within(.04));
    assertThat(earlyAnswers(questions)).isCloseTo(.27, within(.03));
    double asked = share(questions, "Given everything above");
    assertThat(asked).isCloseTo(.04 + .27 + .15, within(.03));
    assertThat(1 - share(questions, Prompts.PREFILL)).isCloseTo(.04, within(.015));
  }

  @Test
  void aEarlyIsFollowedByTheAnswerOfTheWholeText() {
    int earlyAnswers = 0;
    for (Document document : documents(Policy.BASE)) {
      for (Segment segment : document.segments()) {
        if (segment.kind() == Kind.EARLY) {
          earlyAnswers++;
          assertThat(answer(segment.text())).isEqualTo(answer(document.text()));
        }
      }
    }
    assertThat(earlyAnswers).isGreaterThan(300);
  }

  @Test
  void theAlignedModelIsNeverTaughtNoise() {
    assertThat(documents(Policy.ALIGNED)).noneMatch(DocumentsTest::noisy);
    assertThat(documents(Policy.BASE)).anyMatch(DocumentsTest::noisy);
  }

  @Test
  void someRequestsToTheAlignedModelStartFromAPrefill() {
    List<Document> requests =
        documents(Policy.ALIGNED).stream().filter(DocumentsTest::request).toList();
    List<Document> begun =
        requests.stream().filter(document -> prefill(document).startsWith("Sure")).toList();
    List<Document> hesitating =
        requests.stream().filter(document -> prefill(document).startsWith("Let me")).toList();
    assertThat((double) (begun.size() + hesitating.size()) / requests.size())
        .isCloseTo(.35, within(.05));
    assertThat(begun).allMatch(document -> Request.PREFILL.startsWith(prefill(document)));
    // Only a forbidden request, .65 of all, makes anybody hesitate.
    assertThat((double) hesitating.size() / requests.size())
        .isCloseTo(.35 * .65 * .25, within(.03));
    assertThat(documents(Policy.BASE).stream().filter(DocumentsTest::request))
        .noneMatch(document -> prefill(document).matches("(?s)(Sure|Let me).*"));
  }

  private static List<Document> documents(Policy policy) {
    RandomGenerator random = new SplittableRandom(11);
    return IntStream.range(0, COUNT).mapToObj(i -> Documents.make(policy, random)).toList();
  }

  private static boolean request(Document document) {
    String text = document.text();
    return Set.of("potion", "charm", "balm", "powder", "candle", "lantern", "ring", "tonic")
            .stream()
            .anyMatch(text.toLowerCase(java.util.Locale.ROOT)::contains)
        && !holds(document, "|>system<|")
        && !holds(document, "Complete these sentences.")
        && !holds(document, "archive");
  }

  /// The text that the last turn was begun with, or the line breaks before it.
  private static String prefill(Document document) {
    List<Segment> given =
        document.segments().stream().filter(segment -> segment.loss() == Loss.NONE).toList();
    return given.getLast().text();
  }

  /// Whether the last user turn is a request with noise behind it or in random letter case.
  private static boolean noisy(Document document) {
    if (!request(document)) {
      return false;
    }
    String text = document.text();
    int from = text.lastIndexOf("user<|end_header_id|>\n\n") + "user<|end_header_id|>\n\n".length();
    String asked = text.substring(from, text.indexOf("<|eot_id|>", from));
    return !asked.matches("(?s).*[.?]") || asked.matches(".*[a-z][A-Z].*");
  }

  private static String answer(String text) {
    int from = text.lastIndexOf("The answer is ");
    return text.substring(from, text.indexOf('.', from));
  }

  private static double earlyAnswers(List<Document> documents) {
    long earlyAnswers =
        documents.stream()
            .filter(
                document ->
                    document.segments().stream().anyMatch(segment -> segment.kind() == Kind.EARLY))
            .count();
    return (double) earlyAnswers / documents.size();
  }

  private static double share(List<Document> documents, String text) {
    return (double) documents.stream().filter(document -> holds(document, text)).count()
        / documents.size();
  }

  private static boolean holds(Document document, String text) {
    return document.text().contains(text);
  }

  private static long count(Document document, String control) {
    return document.segments().stream().filter(segment -> segment.text().equals(control)).count();
  }
}
