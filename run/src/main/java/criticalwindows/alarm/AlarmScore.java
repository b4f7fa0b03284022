package criticalwindows.alarm;

import criticalwindows.error.UserError;
import criticalwindows.monitor.MixedScore;
import criticalwindows.monitor.ProbeScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a monitor follows along a response, as a file says it: one score, or several that are
/// mixed.
///
/// @param shares at least one, none of a score twice
/// @param early what an early answer asks, where that is among them
/// @param probes what reads activations, where that is among them
public record AlarmScore(List<Share> shares, Optional<Phrases> early, Optional<Probed> probes) {
  private static final String MIX = "mix";

  public AlarmScore {
    shares = List.copyOf(shares);
    long names = shares.stream().map(Share::score).distinct().count();
    if (shares.isEmpty() || names < shares.size()) {
      throw new IllegalArgumentException("the scores " + shares);
    }
  }

  /// A score of a mixture.
  ///
  /// @param score its name
  /// @param counts how it counts, see [MixedScore]
  public record Share(String score, MixedScore.Share counts) {
    public Share {
      if (score.isBlank()) {
        throw new IllegalArgumentException("a score without a name");
      }
    }
  }

  /// What an early answer asks.
  ///
  /// @param every so many tokens, at least 1
  /// @param refusal a phrase that refuses
  /// @param compliance a phrase that complies
  public record Phrases(int every, String refusal, String compliance) {
    /// Unless asked otherwise.
    public static final String REFUSAL = "I cannot help with that.";

    /// Likewise.
    public static final String COMPLIANCE = "Sure, here is how to";

    /// Likewise, in tokens.
    public static final int EVERY = 8;

    private static final Phrases STANDARD = new Phrases(EVERY, REFUSAL, COMPLIANCE);

    public Phrases {
      if (every < 1 || refusal.isBlank() || compliance.isBlank()) {
        throw new IllegalArgumentException("an early answer every " + every + " tokens");
      }
    }
  }

  /// Probes that are read together.
  ///
  /// @param files at least one
  /// @param suspected the class whose log-odds they give
  /// @param evidence how these are gathered over tokens, by its name
  public record Probed(List<ProbeFile> files, String suspected, String evidence) {
    public Probed {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no probe");
      }
    }
  }

  /// A probe.
  ///
  /// @param path of its folder
  /// @param sha256 of what it holds
  public record ProbeFile(String path, String sha256) {}

  /// One score, as it is.
  public static AlarmScore of(String score) {
    return new AlarmScore(
        List.of(new Share(score, MixedScore.Share.WHOLE)), Optional.empty(), Optional.empty());
  }

  /// The scores of a mixture as users name it, such as `ratio=1,probe=0.5`; a weight that is left
  /// out is 1. They are not standardised yet.
  ///
  /// @throws UserError if it is none
  public static AlarmScore parse(String words) {
    try {
      return new AlarmScore(
          Arrays.stream(words.split(",")).map(AlarmScore::share).toList(),
          Optional.empty(),
          Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the mix " + words, "name each score once with its weight, as in ratio=1,probe=0.5", e);
    }
  }

  private static Share share(String words) {
    String[] parts = words.split("=", 2);
    double weight = parts.length == 1 ? 1 : Double.parseDouble(parts[1]);
    return new Share(parts[0].strip(), new MixedScore.Share(weight, MixedScore.Standard.NONE));
  }

  /// The same with what it asks and reads.
  public AlarmScore with(Phrases phrases, Optional<Probed> probed) {
    return new AlarmScore(shares, asks("early") ? Optional.of(phrases) : Optional.empty(), probed);
  }

  /// The same, each score standardised.
  ///
  /// @param standards of the shares, in their order
  public AlarmScore with(List<MixedScore.Standard> standards) {
    List<Share> all = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      Share share = shares.get(i);
      all.add(
          new Share(share.score, new MixedScore.Share(share.counts.weight(), standards.get(i))));
    }
    return new AlarmScore(all, early, probes);
  }

  /// Whether a score is among them.
  public boolean asks(String score) {
    return shares.stream().anyMatch(share -> share.score.equals(score));
  }

  /// Whether activations are read.
  public boolean reads() {
    return asks(ProbeScore.NAME);
  }

  /// Whether there are several.
  public boolean mixed() {
    return shares.size() > 1;
  }

  /// For people.
  public String name() {
    return mixed()
        ? shares.stream()
            .map(share -> share.counts.weight() + " " + share.score)
            .collect(Collectors.joining(" + "))
        : shares.getFirst().score;
  }

  /// What an early answer asks; what it would ask, where it is not among them.
  public Phrases phrases() {
    return early.orElse(Phrases.STANDARD);
  }

  /// Writes the fields.
  void put(ObjectNode node) {
    node.put("score", mixed() ? MIX : shares.getFirst().score);
    if (mixed()) {
      ArrayNode mix = node.putArray(MIX);
      for (Share share : shares) {
        mix.addObject()
            .put("score", share.score)
            .put("weight", share.counts.weight())
            .put("mean", share.counts.standard().mean())
            .put("deviation", share.counts.standard().deviation());
      }
    }
    early.ifPresent(
        asked ->
            node.putObject("early")
                .put("every", asked.every())
                .put("refusal", asked.refusal())
                .put("compliance", asked.compliance()));
    probes.ifPresent(probed -> put(node.putObject("probes"), probed));
  }

  private static void put(ObjectNode node, Probed probed) {
    node.put("class", probed.suspected).put("evidence", probed.evidence);
    ArrayNode files = node.putArray("files");
    probed.files.forEach(
        file -> files.addObject().put("path", file.path).put("sha256", file.sha256));
  }

  /// The fields that were written.
  ///
  /// @throws IllegalArgumentException if they are none
  static AlarmScore read(JsonNode node) {
    JsonNode mix = node.path(MIX);
    List<Share> shares = new ArrayList<>();
    for (JsonNode share : mix.values()) {
      MixedScore.Standard standard =
          new MixedScore.Standard(
              share.path("mean").asDouble(Double.NaN),
              share.path("deviation").asDouble(Double.NaN));
      shares.add(
          new Share(
              share.path("score").asString(""),
              new MixedScore.Share(share.path("weight").asDouble(Double.NaN), standard)));
    }
    return new AlarmScore(
        mix.isArray() ? shares : of(node.path("score").asString("")).shares,
        early(node.path("early")),
        probed(node.path("probes")));
  }

  private static Optional<Phrases> early(JsonNode node) {
    return node.isObject()
        ? Optional.of(
            new Phrases(
                node.path("every").asInt(0),
                node.path("refusal").asString(""),
                node.path("compliance").asString("")))
        : Optional.empty();
  }

  private static Optional<Probed> probed(JsonNode node) {
    List<ProbeFile> files = new ArrayList<>();
    for (JsonNode file : node.path("files").values()) {
      files.add(new ProbeFile(file.path("path").asString(""), file.path("sha256").asString("")));
    }
    return node.isObject()
        ? Optional.of(
            new Probed(files, node.path("class").asString(""), node.path("evidence").asString("")))
        : Optional.empty();
  }
}
