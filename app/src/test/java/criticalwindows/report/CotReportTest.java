package criticalwindows.report;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.exact.ExactStudy;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.report.Heading.Fact;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Isolated("the locale is of the whole process")
class CotReportTest {
  private static final Heading HEADING =
      new Heading("Chain of thought: toy", List.of(new Fact("seed", "11")), List.of());

  /// The golden files: to write them anew after a change that is meant, run with -Dgolden=write.
  @Test
  void theSameLedgerGivesTheSameBytesInAnyLocale() throws Exception {
    List<CotFinding> findings = toyFindings();
    Locale before = Locale.getDefault();
    try {
      for (Locale locale : List.of(Locale.ROOT, Locale.forLanguageTag("ar-EG-u-nu-arab"))) {
        Locale.setDefault(locale);
        assertGolden("toy.txt", CotTable.of(HEADING, findings, ExactStudy.NONE));
        assertGolden(
            "toy.json",
            data(CotPage.of(HEADING, findings, ExactStudy.NONE)).toPrettyString() + "\n");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void thePageNamesEveryNumberOfTheTable() throws Exception {
    List<CotFinding> findings = toyFindings();
    JsonNode data = data(CotPage.of(HEADING, findings, ExactStudy.NONE));
    for (int i = 0; i < findings.size(); i++) {
      CotFinding finding = findings.get(i);
      JsonNode problem = data.get("problems").get(i);
      StringBuilder text = new StringBuilder();
      problem.get("tokens").forEach(token -> text.append(token.get(0).asString()));
      assertThat(text.toString()).isEqualTo(finding.original().text());
      assertThat(problem.get("gold").asString()).isEqualTo(finding.gold().orElseThrow().show());
      for (int j = 0; j < finding.levels().size(); j++) {
        JsonNode level = problem.get("levels").get(j);
        assertThat(level.get("resamples")).hasSize(finding.levels().get(j).resamples().size());
        assertThat(level.get("consistent").get(0).asLong())
            .isEqualTo(finding.levels().get(j).consistent().successes());
        assertThat(level.path("pooled").path(1).asLong(5))
            .isEqualTo(finding.levels().get(j).pooled().trials());
      }
    }
  }

  @Test
  void whatAModelWroteCannotBreakOutOfThePage() throws Exception {
    String attack =
        "</script><script>alert(1)</script><img src=x onerror=alert(2)><!--<script>]]>&lt;\u2028"
            + "{{data}}{{script}}\"'`\\ </style><iframe srcdoc='x'>\u0000";
    String page =
        CotPage.of(hostileHeading(attack), List.of(hostileFinding(attack)), ExactStudy.NONE);
    Document document = Jsoup.parse(page);
    assertThat(document.select("script")).hasSize(2);
    assertThat(document.select("img, iframe, object, embed, form, base, a, link")).isEmpty();
    assertThat(document.getAllElements().stream().flatMap(e -> e.attributes().asList().stream()))
        .noneMatch(
            attribute -> attribute.getKey().startsWith("on") || attribute.getKey().equals("style"));
    JsonNode data = data(page);
    assertThat(data.get("problems").get(0).get("question").asString()).isEqualTo(attack);
    assertThat(data.get("problems").get(0).get("tokens").get(0).get(0).asString())
        .isEqualTo(attack);
    assertThat(data.get("title").asString()).isEqualTo(attack);
  }

  @Test
  void whatAModelWroteCannotTurnTheOrderOfThePagesOwnWords() throws Exception {
    String marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
    String attack = "yes" + marks + "\u05d0\u05d1";
    String page =
        CotPage.of(hostileHeading(attack), List.of(hostileFinding(attack)), ExactStudy.NONE);
    assertThat(marks.chars().noneMatch(mark -> page.indexOf(mark) >= 0)).isTrue();
    String question = data(page).get("problems").get(0).get("question").asString();
    assertThat(question).startsWith("yes⟨U+061C⟩⟨U+200E⟩").endsWith("⟨U+2069⟩\u05d0\u05d1");
  }

  @Test
  void whatAModelWroteCannotDriveTheTerminal() throws Exception {
    String attack = "\u001b[2J\u001b]0;owned\u0007\u009b1;31m\u202e";
    String table =
        CotTable.of(hostileHeading(attack), List.of(hostileFinding(attack)), ExactStudy.NONE);
    assertThat(table.codePoints().filter(c -> c != '\n'))
        .allMatch(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
  }

  @Test
  void thePolicyAllowsThisPagesOwnScriptAndStyleAndNothingElse() throws Exception {
    Document document = Jsoup.parse(CotPage.of(HEADING, toyFindings(), ExactStudy.NONE));
    Element meta =
        Objects.requireNonNull(document.selectFirst("meta[http-equiv=Content-Security-Policy]"));
    String script = document.select("script").last().data();
    String style = Objects.requireNonNull(document.selectFirst("style")).data();
    assertThat(meta.attr("content"))
        .isEqualTo(
            "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(style), hash(script)));
    // Text nodes only: nothing a model wrote is ever parsed as markup.
    assertThat(script).doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(");
  }

  @Test
  void probsOfChoicesAreShownWhereTheyWereRead() throws Exception {
    List<CotFinding> findings = findings(ToyModel.threeChoices(), choices());
    assertThat(CotTable.of(HEADING, findings, ExactStudy.NONE))
        .contains(
            "  choices         by their probabilities a resample is worth 1.000 [1.000, 1.000]"
                + " drawn answers; mean − counted share 0.000 [0.000, 0.000]\n");
    JsonNode level =
        data(CotPage.of(HEADING, findings, ExactStudy.NONE))
            .get("problems")
            .get(0)
            .get("levels")
            .get(0);
    assertThat(level.get("probs").get(0).asDouble())
        .isEqualTo(level.get("consistent").get(0).asDouble() / 5);
    // One character in: none, one or both of two decisions at .7 and .4.
    assertThat(level.get("earlyProbs").toString())
        .isEqualTo("[[\"A\",0.18],[\"B\",0.54],[\"C\",0.28],[\"none\",0.0]]");
    // Its replies begin with the form.
    assertThat(level.get("earlyForced")).isEqualTo(level.get("earlyProbs"));
    assertThat(CotTable.of(HEADING, findings, ExactStudy.NONE))
        .contains("  early answers   probabilities read in 16 of 16 = 1.00 ")
        .contains("  forced ones     likeliest choice = own reply in 16 of 16 = 1.00 ");
    assertThat(CotTable.of(HEADING, toyFindings(), ExactStudy.NONE))
        .doesNotContain("drawn answers", "early answers ");
  }

  @Test
  void thePagesScriptDrawsWhatTheTableSays() throws Exception {
    List<CotFinding> findings = toyFindings();
    String page = CotPage.of(HEADING, findings, ExactStudy.NONE);
    assertThat(ReadPage.text(page, "wrong", "Which leaf? (3)"))
        .contains("Chain of thought: toy", "4 of 4", "tokens 8–13, +0.60", "read them");
  }

  @Test
  void probabilitiesOfEarlyAnswersAreOnThePage() throws Exception {
    String page =
        CotPage.of(HEADING, findings(ToyModel.threeChoices(), choices()), ExactStudy.NONE);
    assertThat(ReadPage.text(page))
        .contains("; by the probabilities of the choices ")
        .contains("its probabilities are A 0.00, B 0.60, C 0.40.")
        .contains("Forced to begin with the form of an answer: A 0.00, B 0.60, C 0.40.");
  }

  @Test
  void anEmptyRunHasReportsToo() throws Exception {
    assertThat(CotTable.of(HEADING, List.of(), ExactStudy.NONE)).contains("none yet");
    String page = CotPage.of(HEADING, List.of(), ExactStudy.NONE);
    assertThat(data(page).get("problems")).isEmpty();
    assertThat(ReadPage.text(page)).contains("No problem is finished yet.");
  }

  private static List<Problem> choices() {
    List<Choice> choices = Stream.of("A", "B", "C").map(label -> new Choice(label, label)).toList();
    return Stream.of("one", "two", "three", "four")
        .map(name -> Problem.of("toy", "logic", "How many? (" + name + ")", choices, "B"))
        .toList();
  }

  private static Heading hostileHeading(String attack) {
    return new Heading(attack, List.of(new Fact(attack, attack)), List.of(attack));
  }

  private static CotFinding hostileFinding(String attack) {
    Problem problem = Problem.of("mine", "math", attack, List.of(new Choice("A", attack)), "A");
    Tokens tokens = Tokens.of(7);
    List<Sample> rows = new ArrayList<>();
    for (Key key :
        List.of(
            Key.original(problem.id()),
            Key.direct(problem.id()),
            Key.early(problem.id(), 0),
            Key.resample(problem.id(), 0, 0))) {
      for (Sample.Turn turn : Sample.Turn.values()) {
        boolean cut = key.is(Arm.ORIGINAL) && turn == Sample.Turn.RESPONSE;
        rows.add(
            new Sample(
                key,
                turn,
                tokens,
                attack,
                cut ? List.of(attack.length()) : List.of(),
                FinishReason.LENGTH,
                LogProbs.of(-1),
                1,
                "toy",
                1,
                Duration.ZERO));
      }
    }
    return CotFinding.of(problem, rows, CutPlan.parse("0"), Grader.STANDARD).orElseThrow();
  }

  private static List<CotFinding> toyFindings() throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    return findings(ToyModel.orderedDecisions(), problems);
  }

  private static List<CotFinding> findings(ToyModel model, List<Problem> problems)
      throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(problems);
    CutPlan cuts = CutPlan.parse(".1,.3,.5,.9");
    CotScripts scripts =
        new CotScripts(
            model, PromptSet.standard(), new CotSettings(cuts, 5, Sampling.PLAIN, 40, 11));
    Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    List<CotFinding> findings = new ArrayList<>();
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, cuts, Grader.STANDARD).ifPresent(findings::add));
    return findings;
  }

  private static JsonNode data(String page) {
    Element data = Objects.requireNonNull(Jsoup.parse(page).getElementById("data"));
    return JsonMapper.shared().readTree(data.data());
  }

  private static String hash(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  private static void assertGolden(String name, String actual) throws IOException {
    Path golden = Path.of("src/test/resources/criticalwindows/report", name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }
}
