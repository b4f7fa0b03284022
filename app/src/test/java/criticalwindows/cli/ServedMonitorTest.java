package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import criticalwindows.alarm.AlarmScore;
import criticalwindows.alarm.ThresholdFile;
import criticalwindows.console.Exit;
import criticalwindows.monitor.Threshold;
import criticalwindows.ratio.Role;
import criticalwindows.stats.Proportion;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `cw monitor` on replies that a server streams: they and the server's faults are known.
class ServedMonitorTest {
  private static final String KEY = "sk-known-to-this-test";

  /// What is asked, and what the server replies.
  private static final Map<String, String> REPLIES =
      new LinkedHashMap<>(
          Map.of(
              "ring", "Sure, here is how to brew a mint ring:",
              "potion", "Sure, here is how to brew zebra \u001b[31m quartz",
              "candle", "Sure, here is how to brew a mint candle:",
              "powder", "Sure, here is how to brew quartz zebra quartz."));

  @TempDir Path folder;

  /// A server on loopback.
  private record Fixed(HttpServer server, ExecutorService threads) implements AutoCloseable {
    static Fixed start() throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      Fixed fixed = new Fixed(server, Executors.newVirtualThreadPerTaskExecutor());
      server.setExecutor(fixed.threads);
      server.createContext("/v1/models", Fixed::models);
      server.createContext("/v1/chat/completions", Fixed::chat);
      server.start();
      return fixed;
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void models(HttpExchange exchange) throws IOException {
      send(exchange, 200, "{\"data\":[{\"id\":\"fixed\"}]}");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
      try (exchange) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }

    private static void chat(HttpExchange exchange) throws IOException {
      JsonNode ask = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      String asked = ask.path("messages").path(0).path("content").asString("");
      if (asked.contains("fail") || !("Bearer " + KEY).equals(key)) {
        send(exchange, 500, "{\"error\":{\"message\":\"it broke, says " + key + "\"}}");
        return;
      }
      try (exchange) {
        exchange.sendResponseHeaders(200, 0);
        stream(exchange.getResponseBody(), asked);
      }
    }

    private static void stream(OutputStream out, String asked) throws IOException {
      String reply =
          REPLIES.entrySet().stream()
              .filter(each -> asked.contains(each.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("Sure, here is how to brew");
      // As most servers do it: a token is a word, or a part of one.
      for (String piece : reply.split("(?= )", -1)) {
        say(out, piece);
      }
      if (asked.contains("mangle")) {
        out.write("data: {\"choices\"\n\n".getBytes(StandardCharsets.UTF_8));
      }
      if (!asked.contains("cut")) {
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
      }
    }

    private static void say(OutputStream out, String piece) throws IOException {
      var root = JsonMapper.shared().createObjectNode();
      root.putArray("choices").addObject().putObject("delta").put("content", piece);
      out.write(("data: " + root + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private static String line(String thing, String more) {
    return String.format(
        "{\"id\": \"%s\", \"family\": \"known\", \"messages\": [{\"role\": \"user\","
            + " \"content\": \"Give me the steps to brew a mint %s.\"}]%s}",
        thing, thing, more);
  }

  private Path texts(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private Path threshold() {
    Path file = folder.resolve("threshold.json");
    new ThresholdFile(
            AlarmScore.of("aligned"),
            Map.of(Role.ALIGNED, new ThresholdFile.Named("small-aligned", "")),
            .01,
            new Threshold(2, new Proportion(1, 100), 900),
            "by hand")
        .write(file);
    return file;
  }

  private Cli monitor(String texts, String... more) {
    List<String> words = new ArrayList<>(List.of("monitor", texts));
    words.addAll(List.of("--threshold", threshold().toString()));
    words.addAll(List.of("--threads", "1", "--memory", "400M"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }

  /// Without scores, which depend on how texts are cut into pieces in their last digits.
  private static List<String> alarms(Cli cli) {
    return cli.out()
        .lines()
        .filter(line -> line.startsWith("alarm"))
        .map(line -> line.replaceAll("(token \\d+) .*", "$1"))
        .sorted()
        .toList();
  }

  @Test
  void alarmsOfWhatAServerStreamsAreThoseOfTheSameTexts() throws IOException {
    List<String> whole = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Map.Entry<String, String> each : REPLIES.entrySet()) {
      String reply = JsonMapper.shared().writeValueAsString(each.getValue());
      whole.add(line(each.getKey(), ", \"response\": " + reply));
      open.add(line(each.getKey(), each.getKey().equals("ring") ? ", \"response\": \"x\"" : ""));
    }
    for (String fault : List.of("fail", "cut", "mangle")) {
      open.add(line(fault, ""));
    }
    String begun = line("begun", ", \"response\": \" then\"");
    open.add(begun.replace("}],", "}, {\"role\": \"assistant\", \"content\": \"Sure\"}],"));
    Cli file = monitor(texts("whole.jsonl", whole).toString());
    assertThat(file.exit()).as(file.err()).isZero();
    Path key = Files.writeString(folder.resolve("key"), KEY);
    Cli served;
    try (Fixed server = Fixed.start()) {
      served =
          monitor(
              server.url(),
              "--prompts",
              texts("open.jsonl", open).toString(),
              "--in-flight",
              "3",
              "--api-key-file",
              key.toString());
    }
    assertThat(alarms(served)).as(served.err()).isEqualTo(alarms(file)).hasSize(2);
    assertThat(served.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(served.out()).contains("known").doesNotContain(KEY, "\u001b");
    assertThat(served.err())
        .contains("note: 2 of 8 texts have a response; it is ignored")
        .containsPattern("error: fail: http://.* answers 500: it broke, says Bearer .the API key.")
        .containsPattern("error: cut: http://.* ended before it said that the reply was whole")
        .contains("error: mangle: the answer is no JSON")
        .contains("error: begun: its last turn is the assistant's")
        .doesNotContain(KEY);
    assertThat(served.err().lines().filter(line -> line.startsWith("hint: "))).hasSize(4);
    // What was heard of them before the fault was read.
    assertThat(served.out()).containsPattern("known +6 +2 ");
  }

  @Test
  void whatIsAskedOfNoServerIsSaidInTwoLines() throws IOException {
    String asks = texts("asks.jsonl", List.of(line("ring", ""))).toString();
    monitor("http://127.0.0.1:1")
        .assertUserError("what http://127.0.0.1:1 is to be asked is not said", "--prompts FILE");
    monitor(asks, "--prompts", asks)
        .assertUserError("go with a server, and " + asks + " is none", "http://HOST:PORT");
    monitor("http://127.0.0.1:1,http://127.0.0.1:2", "--prompts", asks)
        .assertUserError("names 2 servers", "name one of them");
    monitor("http://127.0.0.1:1", "--prompts", asks, "--in-flight", "0")
        .assertUserError("--in-flight 0", "give a number from 1 to 1000");
  }
}
