package criticalwindows.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Two records of each benchmark, written by us, in its original layout and in its hub's.
///
/// @param file the name of a file in the original layout
/// @param original its text
/// @param hub the same records as the hub has them, as JSON lines
/// @param texts of the problems, as a model reads them
/// @param answers that are right
public record Samples(
    String benchmark,
    String file,
    String original,
    String hub,
    List<String> texts,
    List<String> answers) {

  /// Of every benchmark.
  public static List<Samples> all() {
    return List.of(
        logiQa(),
        truthfulQa(),
        math(),
        arc("arc-challenge"),
        arc("arc-easy"),
        mmlu(),
        aqua(),
        gsm8k());
  }

  private static Samples logiQa() {
    return new Samples(
        "logiqa",
        "Test.txt",
        """

        c
        All herons fish. Some herons nest on roofs.
        What follows from this?
        A.No heron fishes.
        B.All that fish are herons.
        C.Some that fish nest on roofs.
        D.Roofs are wet.

        a
        If it rains, the fair is off. It rains.
        Which one is true?
        A.The fair is off.
        B.The fair is on.
        C.It is dry.
        D.There is no fair.
        """,
        """
        {"context":"All herons fish. Some herons nest on roofs.","query":"What follows from this?","options":["No heron fishes.","All that fish are herons.","Some that fish nest on roofs.","Roofs are wet."],"correct_option":2}
        {"context":"If it rains, the fair is off. It rains.","query":"Which one is true?","options":["The fair is off.","The fair is on.","It is dry.","There is no fair."],"correct_option":0}
        """,
        List.of(
            "All herons fish. Some herons nest on roofs.\nWhat follows from this?\n (A) No heron"
                + " fishes.\n (B) All that fish are herons.\n (C) Some that fish nest on roofs.\n"
                + " (D) Roofs are wet.",
            "If it rains, the fair is off. It rains.\nWhich one is true?\n (A) The fair is off.\n"
                + " (B) The fair is on.\n (C) It is dry.\n (D) There is no fair."),
        List.of("C", "A"));
  }

  private static Samples truthfulQa() {
    return new Samples(
        "truthfulqa",
        "mc_task.json",
        """
        [{"question": "Do bulls hate red?",
          "mc1_targets": {"They do not see it": 1, "They do": 0, "Only young ones": 0},
          "mc2_targets": {"They do not see it": 1, "They do": 0}},
         {"question": "Is glass a liquid?",
          "mc1_targets": {"No": 1, "Yes": 0}}]
        """,
        """
        {"question":"Do bulls hate red?","mc1_targets":{"choices":["They do not see it","They do","Only young ones"],"labels":[1,0,0]}}
        {"question":"Is glass a liquid?","mc1_targets":{"choices":["No","Yes"],"labels":[1,0]}}
        """,
        List.of(
            "Do bulls hate red?\n (A) Only young ones\n (B) They do\n (C) They do not see it",
            "Is glass a liquid?\n (A) Yes\n (B) No"),
        List.of("C", "B"));
  }

  private static Samples math() {
    return new Samples(
        "math",
        "test.jsonl",
        """
        {"problem": "What is $1/2+1/3$?", "level": "Level 1", "type": "Algebra", "solution": "Not \\\\boxed{1}: it is $\\\\boxed{\\\\frac{5}{6}}$."}
        {"problem": "Solve $x^2=4$, $x>0$.", "level": "Level 1", "type": "Algebra", "solution": "So $x=\\\\boxed 2$ it is."}
        """,
        """
        {"problem":"What is $1/2+1/3$?","level":"Level 1","type":"Algebra","solution":"It is $\\\\boxed{\\\\frac{5}{6}}$."}
        {"problem":"Solve $x^2=4$, $x>0$.","level":"Level 1","type":"Algebra","solution":"\\\\fbox{2}"}
        """,
        List.of("What is $1/2+1/3$?", "Solve $x^2=4$, $x>0$."),
        List.of("\\frac{5}{6}", "2"));
  }

  private static Samples arc(String name) {
    return new Samples(
        name,
        name.equals("arc-easy") ? "ARC-Easy-Test.jsonl" : "ARC-Challenge-Test.jsonl",
        """
        {"id":"1","question":{"stem":"What do herons eat?","choices":[{"text":"stones","label":"1"},{"text":"fish","label":"2"},{"text":"tin","label":"3"}]},"answerKey":"2"}
        {"id":"2","question":{"stem":"What is ice?","choices":[{"text":"air","label":"A"},{"text":"salt","label":"B"},{"text":"sand","label":"C"},{"text":"glass","label":"D"},{"text":"water","label":"E"}]},"answerKey":"E"}
        """,
        """
        {"id":"1","question":"What do herons eat?","choices":{"text":["stones","fish","tin"],"label":["1","2","3"]},"answerKey":"2"}
        {"id":"2","question":"What is ice?","choices":{"text":["air","salt","sand","glass","water"],"label":["A","B","C","D","E"]},"answerKey":"E"}
        """,
        List.of(
            "What do herons eat?\n (A) stones\n (B) fish\n (C) tin",
            "What is ice?\n (A) air\n (B) salt\n (C) sand\n (D) glass\n (E) water"),
        List.of("B", "E"));
  }

  private static Samples mmlu() {
    return new Samples(
        "mmlu",
        "bird_watching_test.csv",
        """
        "Which of these, if any,
        is a ""heron""?",a hen,a grey one,a duck,"an owl, or two",B\r
        Which eats 0 fish?,wren,heron,gull,tern,A\r
        """,
        """
        {"question":"Which of these, if any,\\nis a \\"heron\\"?","subject":"bird_watching","choices":["a hen","a grey one","a duck","an owl, or two"],"answer":1}
        {"question":"Which eats 0 fish?","subject":"bird_watching","choices":["wren","heron","gull","tern"],"answer":0}
        """,
        List.of(
            "Which of these, if any,\nis a \"heron\"?\n (A) a hen\n (B) a grey one\n (C) a duck\n"
                + " (D) an owl, or two",
            "Which eats 0 fish?\n (A) wren\n (B) heron\n (C) gull\n (D) tern"),
        List.of("B", "A"));
  }

  private static Samples aqua() {
    String text =
        """
        {"question":"2 boats with 3 oars each?","options":["A)5","B) 6","C)7","D)8","E)None of these"],"rationale":"2*3","correct":"B"}
        {"question":"Half of 30 %?","options":["A)15 %","B)30","C)60","D)3","E)1"],"rationale":"","correct":"A"}
        """;
    return new Samples(
        "aqua",
        "test.json",
        text,
        text,
        List.of(
            "2 boats with 3 oars each?\n (A) 5\n (B) 6\n (C) 7\n (D) 8\n (E) None of these",
            "Half of 30 %?\n (A) 15 %\n (B) 30\n (C) 60\n (D) 3\n (E) 1"),
        List.of("B", "A"));
  }

  private static Samples gsm8k() {
    String text =
        """
        {"question":"Ann has 2 nets and buys 3. How many?","answer":"2+3=<<2+3=5>>5 nets\\n#### 5"}
        {"question":"A mill grinds 2 sacks of 617 a day. How many grains?","answer":"617*2=1,234\\n#### 1,234"}
        """;
    return new Samples(
        "gsm8k",
        "test.jsonl",
        text,
        text,
        List.of(
            "Ann has 2 nets and buys 3. How many?",
            "A mill grinds 2 sacks of 617 a day. How many grains?"),
        List.of("5", "1,234"));
  }

  /// Where the hub's layout lies as JSON lines in a folder.
  Path hubLines(Path folder) throws IOException {
    return Files.writeString(folder.resolve("hub-test.jsonl"), hub);
  }

  /// The same as Parquet, as the hub keeps it.
  public Path parquet(Path folder) throws IOException {
    Path lines = hubLines(folder);
    return parquet(lines, folder.resolve("test-00000-of-00001.parquet"));
  }

  /// JSON lines as Parquet.
  public static Path parquet(Path lines, Path file) {
    String sql =
        "COPY (SELECT * FROM read_json('"
            + lines
            + "', format = 'newline_delimited')) TO '"
            + file
            + "' (FORMAT parquet, COMPRESSION snappy)";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public String toString() {
    return benchmark;
  }
}
