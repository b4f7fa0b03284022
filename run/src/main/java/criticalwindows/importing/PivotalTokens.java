package criticalwindows.importing;

import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.model.FinishReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// `pts`: a file of pivotal tokens, a JSON object a line, of either version of the tool: a `query`,
/// the text before the token, the token, and the shares of successful rollouts before and behind
/// it.
///
/// Lines of one query whose texts go on from each other are one response. What stands behind its
/// last token is not in the file, nor what it came to.
final class PivotalTokens implements Layout {
  private static final String SUCCESS = "success";
  private static final String FAILURE = "failure";

  @Override
  public String name() {
    return "pts";
  }

  @Override
  public List<Path> parts(Path path) {
    if (Files.isDirectory(path)) {
      throw new UserError(path + " is a folder", "name one file of it, such as tokens.jsonl");
    }
    return List.of(path);
  }

  @Override
  public void read(ImportSource source, Path part, Consumer<Recorded> taker) {
    Shares shares = Shares.of(source, SUCCESS, FAILURE);
    Map<String, Integer> numbers = new HashMap<>();
    lines(source, part)
        .forEach(
            (response, lines) -> {
              for (Chain chain : chains(source, lines)) {
                int number = numbers.merge(response.id(), 1, Integer::sum);
                String id = response.id() + (number == 1 ? "" : "-" + number);
                taker.accept(recorded(new Named(source, id, response.query()), chain, shares));
              }
            });
  }

  /// What lines of one response have in common.
  ///
  /// @param generation which of the query's responses it is, where the file says so
  private record Response(String id, String query, String model, String generation) {}

  private record Named(ImportSource source, String id, String query) {}

  /// A pivotal token.
  ///
  /// @param before what stands before it, the prompt too
  private record Line(Fields fields, String before, String token, double from, double to) {
    String behind() {
      return before + token;
    }

    boolean same(Line other) {
      return behind().equals(other.behind())
          && token.equals(other.token)
          && from == other.from
          && to == other.to;
    }
  }

  private static Map<Response, List<Line>> lines(ImportSource source, Path part) {
    Map<Response, List<Line>> lines = new LinkedHashMap<>();
    for (Fields each : source.records(part)) {
      boolean first = each.has("pivot_token");
      boolean second = each.word("event_type").equals(Optional.of("pivotal_token"));
      if (!first && !second) {
        source.count("lines that are no pivotal tokens, left out", 1);
        continue;
      }
      Line line =
          new Line(
              each,
              each.text(first ? "pivot_context" : "context"),
              each.text(first ? "pivot_token" : "label"),
              each.number("prob_before"),
              each.number("prob_after"));
      if (line.token().isEmpty()) {
        throw each.wrong("the token is empty");
      }
      lines.computeIfAbsent(response(source, each), key -> new ArrayList<>()).add(line);
    }
    return lines;
  }

  private static Response response(ImportSource source, Fields each) {
    String query = each.text("query");
    String model = each.word("model_id").orElse("");
    if (!model.isEmpty()) {
      source.model(model);
    }
    return new Response(
        each.word("dataset_item_id").orElseGet(() -> Sha256.name(Sha256.of(query))),
        query,
        model,
        each.has("metadata") ? each.object("metadata").word("generation_index").orElse("") : "");
  }

  /// Lines whose texts go on from each other.
  private record Chain(List<Line> lines) {
    Line last() {
      return lines.getLast();
    }
  }

  private static List<Chain> chains(ImportSource source, List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparingInt(line -> line.before().length()));
    List<Chain> chains = new ArrayList<>();
    for (Line line : sorted) {
      if (chains.stream().anyMatch(chain -> chain.lines().stream().anyMatch(line::same))) {
        source.count("lines that are there twice, left out", 1);
        continue;
      }
      Chain chain =
          chains.stream()
              .filter(known -> line.before().startsWith(known.last().behind()))
              .findFirst()
              .orElseGet(
                  () -> {
                    Chain begun = new Chain(new ArrayList<>());
                    chains.add(begun);
                    return begun;
                  });
      chain.lines().add(line);
    }
    return chains;
  }

  private static Recorded recorded(Named named, Chain chain, Shares shares) {
    List<String> parts = new ArrayList<>();
    SortedMap<Integer, List<Recorded.Rollout>> places = new TreeMap<>();
    int from = start(chain.lines().getFirst().before(), named.query());
    int tokens = 0;
    for (Line line : chain.lines()) {
      String between = line.before().substring(from);
      tokens += Pieces.count(between);
      put(places, tokens, shares.rollouts(line.fields(), line.from()));
      tokens += Pieces.count(line.token());
      put(places, tokens, shares.rollouts(line.fields(), line.to()));
      parts.add(between);
      parts.add(line.token());
      from = line.behind().length();
    }
    named
        .source()
        .count(
            "responses of which only places are known that were kept for their large steps; rises"
                + " are smaller on the whole",
            1);
    named
        .source()
        .count(
            "responses that the file has not to their end; their outcome is the likelier one behind"
                + " their last token",
            1);
    return new Recorded(
        Items.item(named.source().root(), named.id(), named.query(), Optional.empty()),
        named.source().pieces().spell(parts),
        FinishReason.LENGTH,
        Optional.of(chain.last().to() >= .5 ? SUCCESS : FAILURE),
        places);
  }

  /// Behind the query, where it stands in the text, since the prompt is no part of the response.
  private static int start(String text, String query) {
    int at = query.isBlank() ? -1 : text.indexOf(query);
    return at < 0 ? 0 : at + query.length();
  }

  /// Where one token ends and the next begins is one place. The same share twice there is taken for
  /// the same rollouts.
  private static void put(
      SortedMap<Integer, List<Recorded.Rollout>> places,
      int kept,
      List<Recorded.Rollout> rollouts) {
    List<Recorded.Rollout> there = places.putIfAbsent(kept, rollouts);
    if (there != null && !there.equals(rollouts)) {
      there.addAll(rollouts);
    }
  }
}
