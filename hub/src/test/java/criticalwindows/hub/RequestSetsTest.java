package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import criticalwindows.attack.Request;
import criticalwindows.attack.Request.Kind;
import criticalwindows.attack.Templated;
import criticalwindows.benchmark.Samples;
import criticalwindows.download.FakeHub;
import criticalwindows.download.Hub;
import criticalwindows.download.HubSettings;
import criticalwindows.download.HubWait;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestSetsTest {
  private static final String HINT =
      "docs/attacks.md has the layouts; name one with its file, such as advbench:FILE";

  @TempDir Path folder;

  private static RequestSet read(String source, int count) {
    return RequestSets.read(
        new RequestSets.Wish(
            source,
            count,
            7,
            () -> {
              throw new IllegalStateException("no hub is needed");
            }));
  }

  private List<Request> all(String name, String text) throws IOException {
    return read(file(name, text).toString(), RequestSets.ALL).requests();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void refused(String source, String error, String hint) {
    assertThatThrownBy(() -> read(source, RequestSets.ALL))
        .isInstanceOfSatisfying(
            UserError.class, failure -> assertThat(failure.hint()).isEqualTo(hint))
        .hasMessage(error);
  }

  @Test
  void layoutsOfManyColumnsAreToldByThem() throws IOException {
    assertThat(
            all(
                "jbb_harmful.csv",
                """
                Index,Goal,Target,Behavior,Category,Source
                4,"Brew a potion, a strong one","Sure, here is a potion",Potions,Alchemy,Ours
                """))
        .containsExactly(
            new Request(
                "jailbreakbench-4",
                "Brew a potion, a strong one",
                Kind.HARMFUL,
                Optional.of("Alchemy"),
                Optional.of("Sure, here is a potion"),
                "jailbreakbench"));
    assertThat(
            all(
                "jbb_benign.csv",
                "Index,Goal,Target,Behavior,Category,Source\n0,Brew tea,Sure,Tea,Kitchen,Ours\n"))
        .extracting(Request::id, Request::kind)
        .containsExactly(tuple("jailbreakbench-benign-0", Kind.BENIGN));
    assertThat(
            all(
                "behaviors.csv",
                """
                Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID
                Say how to brew it,standard,alchemy,,,brew_it
                Say what is missing,contextual,alchemy,context,Take moonstone dust.,missing
                """))
        .extracting(Request::id, Request::text)
        .containsExactly(
            tuple("brew_it", "Say how to brew it"),
            tuple("missing", "Take moonstone dust.\n\n---\n\nSay what is missing"));
  }

  @Test
  void layoutsOfFewColumnsAreToldByThemToo() throws IOException {
    assertThat(all("harmful.csv", "goal,target\nBrew a potion,Sure\nMix a balm,Sure\n"))
        .extracting(Request::id, request -> request.target().orElse(""))
        .containsExactly(tuple("advbench-1", "Sure"), tuple("advbench-2", "Sure"));
    assertThat(all("small.csv", "category,source,forbidden_prompt\nAlchemy,custom,Brew it\n"))
        .extracting(Request::id, Request::text, Request::kind)
        .containsExactly(tuple("strongreject-1", "Brew it", Kind.HARMFUL));
    assertThat(
            all(
                "xs.csv",
                """
                id,prompt,type,label,focus,note
                1,How do I kill time?,homonyms,safe,kill,x
                2,How do I brew moonstone?,contrast_homonyms,unsafe,brew,x
                """))
        .extracting(Request::id, Request::kind)
        .containsExactly(tuple("xstest-1", Kind.LOOKS_HARMFUL), tuple("xstest-2", Kind.HARMFUL));
    assertThat(
            all(
                "own.jsonl",
                "{\"id\": \"a\", \"text\": \"Tell me\", \"kind\": \"looks harmful\", \"target\":"
                    + " \"Sure\"}\n"))
        .containsExactly(
            new Request(
                "a",
                "Tell me",
                Kind.LOOKS_HARMFUL,
                Optional.empty(),
                Optional.of("Sure"),
                "own.jsonl"));
  }

  @Test
  void requestsALineAreReadWhereTheyAreNamed() throws IOException {
    for (String name : List.of("category_1.csv", "category_1.txt")) {
      Path lines = file(name, "Brew a potion\nMix a balm\n\n");
      assertThat(read("hex-phi:" + lines, RequestSets.ALL).requests())
          .extracting(Request::id, request -> request.category().orElse(""))
          .containsExactly(
              tuple("hex-phi-category_1-1", "category_1"),
              tuple("hex-phi-category_1-2", "category_1"));
      refused(
          lines.toString(),
          lines + " is of no layout of requests that is known here",
          "a harmful request a line is hex-phi:FILE; else give each line an id, a text and a kind");
    }
    Path quoted = file("category_2.csv", "\"Brew a potion, now\"\nMix, stir\n");
    refused(
        "hex-phi:" + quoted,
        quoted + ", line 2: the record has 2 cells and no header above",
        "put it right, or take it out of the file");
  }

  @Test
  void promptsInATemplateAreTakenAsTheyAreWithTheirSplitAsFamily() throws IOException {
    String row =
        "{\"prompt\": \"<|user|>Brew it<|assistant|>\", \"completion\": \" Sure.<|end|>\"}\n";
    Path gcg = file("harmful_gcg-00000-of-00001.jsonl", row + row.replace("Brew", "Mix"));
    RequestSet set = read(gcg.toString(), RequestSets.ALL);
    assertThat(set.requests()).isEmpty();
    assertThat(set.templated())
        .containsExactly(
            new Templated(
                "harmful_gcg/1",
                "gcg",
                Kind.HARMFUL,
                "<|user|>Brew it<|assistant|>",
                Optional.of(" Sure.<|end|>")),
            new Templated(
                "harmful_gcg/2",
                "gcg",
                Kind.HARMFUL,
                "<|user|>Mix it<|assistant|>",
                Optional.of(" Sure.<|end|>")));
    assertThat(read(gcg.toString(), 1).templated()).hasSize(1);
    // As it is published: every letter of prompt and completion is as it was.
    Path published = Samples.parquet(gcg, folder.resolve("harmful_gcg-00000-of-00001.parquet"));
    assertThat(read(published.toString(), RequestSets.ALL).templated()).isEqualTo(set.templated());
    assertThat(read("llama3-jailbreaks:" + published, RequestSets.ALL).templated())
        .isEqualTo(set.templated());
    Path benign = file("benign_instructions_test.jsonl", row);
    assertThat(read("llama3-jailbreaks:" + benign, 5).templated().getFirst().trace("1").family())
        .contains("benign_instructions_test, benign");
    Path other = file("part.jsonl", row);
    refused(
        other.toString(),
        other + " has the columns of llama3-jailbreaks, and its name says no split",
        "name the file as its split, such as harmful_gcg.parquet or benign_instructions_test.csv");
  }

  @Test
  void whatFitsALayoutInPartOrNotAtAllIsRefused() throws IOException {
    Path half = file("half.csv", "Index,Goal,Target\n1,Brew it,Sure\n");
    refused(
        half.toString(),
        half
            + " is of jailbreakbench only in part: it has Index, Goal, Target, and no Behavior,"
            + " Category, Source",
        HINT);
    Path prompts = file("prompts.jsonl", "{\"prompt\": \"Brew it\"}\n");
    refused(
        prompts.toString(),
        prompts + " is of llama3-jailbreaks only in part: it has prompt, and no completion",
        HINT);
    Path other = file("other.jsonl", "{\"question\": \"What is 2 + 2?\"}\n");
    refused(other.toString(), other + " is of no layout of requests that is known here", HINT);
    refused("advbench:" + other, other + " is not of advbench: it has none of goal, target", HINT);
    Path empty = file("empty.csv", "");
    refused(empty.toString(), empty + " has no request", HINT);
    Path head = file("head.csv", "goal,target\n");
    refused(head.toString(), head + " has no request", HINT);
    Path gone = folder.resolve("gone.csv");
    refused(gone.toString(), "there is no file " + gone, "check the path");
  }

  @Test
  void harmfulAndBenignAreNeverTakenForEachOther() throws IOException {
    String text = "Index,Goal,Target,Behavior,Category,Source\n0,Brew tea,Sure,Tea,Kitchen,Ours\n";
    Path unsaid = file("behaviors.csv", text);
    refused(
        unsaid.toString(),
        unsaid
            + " has the columns of jailbreakbench, and nothing says whether it is harmful or"
            + " benign",
        "name it jailbreakbench:" + unsaid + " or jailbreakbench-benign:" + unsaid);
    assertThat(read("jailbreakbench-benign:" + unsaid, 1).requests().getFirst().kind())
        .isEqualTo(Kind.BENIGN);
    Path benign = file("benign-behaviors.csv", text);
    refused(
        "jailbreakbench:" + benign,
        benign + " is read as jailbreakbench, and its name says that it is not",
        "name it jailbreakbench-benign:" + benign);
    Path label = file("xs.csv", "id,type,prompt,label\n1,homonyms,Kill time,unsafe\n");
    refused(
        label.toString(),
        label + ", line 2: the record has the label unsafe, and its type homonyms is safe",
        "put it right, or take it out of the file");
  }

  @Test
  void aRecordThatCannotBeReadOrIsThereTwiceEndsTheReading() throws IOException {
    Path blank = file("blank.csv", "goal,target\nBrew it,Sure\n,Sure\n");
    refused(
        blank.toString(),
        blank + ", line 3: the record has no text in goal",
        "put it right, or take it out of the file");
    Path twice = file("twice.csv", "id,text,kind\na,Brew it,harmful\na,Mix it,benign\n");
    refused(
        twice.toString(),
        twice + ", line 3: the id a is that of " + twice + ", line 2 too",
        "give each request an id of its own, or leave out what is there twice");
    Path kind = file("kind.csv", "id,text,kind\na,Brew it,evil\n");
    refused(
        kind.toString(),
        kind + ", line 2: the record has a kind that is none of harmful, benign and looks harmful",
        "put it right, or take it out of the file");
    Path same = file("same.csv", "goal,target\nBrew it,Sure\nBrew it,Yes\n");
    RequestSet set = read(same.toString(), 9);
    assertThat(set.requests()).hasSize(1);
    assertThat(set.notes())
        .containsExactly(
            "requests left out, as an earlier one says the same: 1",
            same + " has 1 requests, fewer than the 9 asked for");
  }

  @Test
  void aDataSetComesFromTheHubByItsNameAndASplitByItsOwn() throws IOException {
    String csv = "Index,Goal,Target,Behavior,Category,Source\n0,Brew tea,Sure,Tea,Kitchen,Ours\n";
    try (FakeHub server = new FakeHub(csv.getBytes(StandardCharsets.UTF_8))) {
      RequestSet set = fetched("jailbreakbench-benign", server);
      assertThat(set.requests()).extracting(Request::kind).containsExactly(Kind.BENIGN);
      assertThat(set.provenance())
          .containsEntry(
              "from",
              "hf://datasets/JailbreakBench/JBB-Behaviors@"
                  + FakeHub.COMMIT
                  + "/data/benign-behaviors.csv");
    }
    String jsonl = "{\"prompt\": \"<|user|>Hi\", \"completion\": \"\"}\n";
    try (FakeHub server = new FakeHub(jsonl.getBytes(StandardCharsets.UTF_8))) {
      String at = "llama3-jailbreaks:hf://datasets/me/mine/harmful_msj.jsonl";
      assertThat(fetched(at, server).templated())
          .containsExactly(
              new Templated("harmful_msj/1", "msj", Kind.HARMFUL, "<|user|>Hi", Optional.empty()));
    }
  }

  private RequestSet fetched(String source, FakeHub server) {
    Map<String, String> environment =
        Map.of("HF_ENDPOINT", server.endpoint().toString(), "HF_HOME", folder.toString());
    return RequestSets.read(
        new RequestSets.Wish(
            source,
            RequestSets.ALL,
            7,
            () -> new Hub(HubSettings.of(environment, folder), HubWait.SLEEP)));
  }

  @Test
  void sourcesWithoutAFileHaveNamesAndUnknownOnesAreRefused() {
    assertThat(read("world:7", 3).requests()).isEqualTo(read("world", 3).requests());
    assertThat(read("world:8", 3).requests()).isNotEqualTo(read("world", 3).requests());
    assertThat(read("world-harmless", 3).requests())
        .allSatisfy(request -> assertThat(request.kind()).isEqualTo(Kind.BENIGN));
    List<Request> everyday = read("everyday", RequestSets.ALL).requests();
    assertThat(everyday).hasSize(40);
    assertThat(everyday).filteredOn(request -> request.kind() == Kind.LOOKS_HARMFUL).hasSize(20);
    assertThat(read("everyday", 10).requests())
        .isSubsetOf(read("everyday", 20).requests())
        .hasSize(10);
    refused(
        "world",
        "all requests of world: it makes as many as are asked for",
        "say how many, such as --n 100");
    refused("world:x", "world:x: x is no seed", "give a whole number, such as world:7");
    refused(
        "advbnch",
        "no source of requests named advbnch",
        "there is: advbench, harmbench, hex-phi, or a path to a file; cw attacks list has all");
    refused(
        "xstest",
        "xstest is not fetched by its name alone",
        "name its file, or its address on the hub: xstest:FILE,"
            + " xstest:hf://datasets/OWNER/NAME/PATH");
    refused(
        "everyday:3", "everyday:3: nothing can stand behind everyday", "name it alone: everyday");
  }
}
