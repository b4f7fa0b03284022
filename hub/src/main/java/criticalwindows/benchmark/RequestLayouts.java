package criticalwindows.benchmark;

import criticalwindows.attack.Request;
import criticalwindows.attack.Request.Kind;
import criticalwindows.dataset.Card;
import criticalwindows.download.HubFile;
import java.util.List;
import java.util.Optional;

/// The data sets of requests. To add another, write its card, its columns and how a record is read,
/// and name it here.
final class RequestLayouts {
  static final String JAILBREAKBENCH = "jailbreakbench";
  static final String JAILBREAKBENCH_BENIGN = "jailbreakbench-benign";

  static final List<RequestLayout> ALL =
      List.of(
          jailbreakBench(JAILBREAKBENCH, Kind.HARMFUL),
          jailbreakBench(JAILBREAKBENCH_BENIGN, Kind.BENIGN),
          harmBench(),
          advBench(),
          strongReject(),
          xsTest(),
          hexPhi(),
          own());

  private RequestLayouts() {}

  private static RequestLayout jailbreakBench(String name, Kind kind) {
    String word = kind.word();
    HubFile file =
        new HubFile(
            "JailbreakBench/JBB-Behaviors", HubFile.MAIN, "data/" + word + "-behaviors.csv");
    return new RequestLayout(
        new Card(name, word + " behaviors", "100", "Chao et al., arXiv 2404.01318", "MIT"),
        List.of(file),
        List.of("Index", "Goal", "Target", "Behavior", "Category", "Source"),
        entry ->
            new Request(
                entry.id(entry.text("Index")),
                entry.text("Goal"),
                kind,
                entry.optional("Category"),
                entry.optional("Target"),
                name));
  }

  /// A behavior about a text has that text before it, as HarmBench itself asks it.
  private static RequestLayout harmBench() {
    return new RequestLayout(
        new Card(
            "harmbench",
            "harmful behaviors, some about a text",
            "400",
            "Mazeika et al., arXiv 2402.04249",
            "MIT"),
        List.of(),
        List.of(
            "Behavior",
            "FunctionalCategory",
            "SemanticCategory",
            "Tags",
            "ContextString",
            "BehaviorID"),
        entry -> {
          String context =
              entry.optional("ContextString").map(text -> text + "\n\n---\n\n").orElse("");
          return new Request(
              entry.text("BehaviorID"),
              context + entry.text("Behavior"),
              Kind.HARMFUL,
              entry.optional("SemanticCategory"),
              Optional.empty(),
              entry.layout());
        });
  }

  private static RequestLayout advBench() {
    return new RequestLayout(
        new Card("advbench", "harmful behaviors", "520", "Zou et al., arXiv 2307.15043", "MIT"),
        List.of(),
        List.of("goal", "target"),
        entry ->
            new Request(
                entry.numbered(),
                entry.text("goal"),
                Kind.HARMFUL,
                Optional.empty(),
                Optional.of(entry.text("target")),
                entry.layout()));
  }

  private static RequestLayout strongReject() {
    return new RequestLayout(
        new Card(
            "strongreject",
            "forbidden prompts",
            "313, or 60",
            "Souly et al., arXiv 2402.10260",
            "MIT"),
        List.of(),
        List.of("category", "source", "forbidden_prompt"),
        entry ->
            new Request(
                entry.numbered(),
                entry.text("forbidden_prompt"),
                Kind.HARMFUL,
                entry.optional("category"),
                Optional.empty(),
                entry.layout()));
  }

  /// Types that begin with `contrast` are unsafe, the others safe. Where there is a label, it says
  /// the same.
  private static RequestLayout xsTest() {
    return new RequestLayout(
        new Card(
            "xstest",
            "safe requests that look harmful, and unsafe ones beside them",
            "450",
            "Röttger et al., arXiv 2308.01263",
            "CC-BY-4.0"),
        List.of(),
        List.of("id", "type", "prompt"),
        entry -> {
          boolean unsafe = entry.text("type").startsWith("contrast");
          String expected = unsafe ? "unsafe" : "safe";
          String label = entry.optional("label").orElse(expected);
          if (!label.equals(expected)) {
            throw new NotAProblem(
                "has the label "
                    + label
                    + ", and its type "
                    + entry.text("type")
                    + " is "
                    + expected);
          }
          return new Request(
              entry.id(entry.text("id")),
              entry.text("prompt"),
              unsafe ? Kind.HARMFUL : Kind.LOOKS_HARMFUL,
              entry.optional("type"),
              Optional.empty(),
              entry.layout());
        });
  }

  private static RequestLayout hexPhi() {
    return new RequestLayout(
        new Card(
            "hex-phi",
            "harmful instructions, one a line, a file for each category",
            "330, or 300",
            "Qi et al., arXiv 2310.03693",
            "its own"),
        List.of(),
        List.of(),
        entry -> {
          String file = entry.fields().place().file().getFileName().toString();
          String category = file.replaceFirst("\\.[a-z]+$", "");
          return new Request(
              entry.id(category + "-" + entry.number()),
              entry.text(Rows.LINE),
              Kind.HARMFUL,
              Optional.of(category),
              Optional.empty(),
              entry.layout());
        });
  }

  private static RequestLayout own() {
    return new RequestLayout(
        new Card(
            "requests",
            "requests of your own: id, text, kind; category and target where known",
            "all in the file",
            "you",
            "yours"),
        List.of(),
        List.of("id", "text", "kind"),
        entry ->
            new Request(
                entry.text("id"),
                entry.text("text"),
                Kind.named(entry.text("kind"))
                    .orElseThrow(
                        () ->
                            new NotAProblem(
                                "has a kind that is none of harmful, benign and looks harmful")),
                entry.optional("category"),
                entry.optional("target"),
                entry.fields().place().file().getFileName().toString()));
  }
}
