package criticalwindows.probing;

import criticalwindows.probe.ForecastMeasure;
import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.Measured;
import criticalwindows.probe.OutcomeNoise;
import criticalwindows.probe.Transfer;
import criticalwindows.probe.WindowPart;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A probe's card as JSON. Ends of intervals that are infinite are left out.
final class CardJson {
  private CardJson() {}

  static void put(ObjectNode node, ProbeCard card) {
    ProbeCard.Fit fit = card.fit();
    node.put("target", card.target()).put("source", card.source()).put("model", card.model());
    node.putObject("fit")
        .put("penalty", fit.penalty())
        .put("held_out_by", fit.by())
        .put("folds", fit.folds())
        .put("seed", fit.seed())
        .put("items", fit.items())
        .put("rows", fit.rows());
    ArrayNode tried = node.putArray("tried");
    card.tried()
        .forEach(
            each ->
                tried
                    .addObject()
                    .put("hook", each.hook())
                    .put("penalty", each.penalty())
                    .put("log_score", each.log()));
    ArrayNode lines = node.putArray("table");
    card.table().lines().forEach(line -> put(lines.addObject(), line));
    ObjectNode noise = node.putObject("noise");
    card.table().noise().forEach((part, each) -> put(noise.putObject(part.word()), each));
    ArrayNode differences = node.putArray("differences");
    card.table().differences().forEach(each -> put(differences.addObject(), each));
    ArrayNode transfers = node.putArray("transfer");
    card.transfers().forEach(each -> put(transfers.addObject(), each));
    ObjectNode made = node.putObject("made");
    card.made().forEach(made::put);
  }

  private static void put(ObjectNode node, ForecastTable.Line line) {
    node.put("forecaster", line.forecaster())
        .put("places", line.part().word())
        .put("rows", line.rows())
        .put("items", line.items());
    ObjectNode measures = node.putObject("measures");
    line.measures().forEach((measure, value) -> put(measures.putObject(measure.word()), value));
  }

  private static void put(ObjectNode node, Measured value) {
    node.put("value", value.estimate());
    put(node, value.interval());
  }

  private static void put(ObjectNode node, Interval interval) {
    if (Double.isFinite(interval.low())) {
      node.put("low", interval.low());
    }
    if (Double.isFinite(interval.high())) {
      node.put("high", interval.high());
    }
  }

  private static void put(ObjectNode node, OutcomeNoise noise) {
    noise.brier().ifPresent(value -> node.put("brier", value));
    noise.shares().ifPresent(value -> node.put("shares", value));
    noise.log().ifPresent(value -> node.put("log_score", value));
    noise.area().ifPresent(area -> put(node.putObject("area"), area));
  }

  private static void put(ObjectNode node, ForecastTable.Difference difference) {
    node.put("other", difference.other()).put("measure", difference.measure().word());
    put(node, difference.value());
    node.put("p", difference.pValue()).put("p_holm", difference.adjusted());
  }

  private static void put(ObjectNode node, Transfer transfer) {
    node.put("from", transfer.from()).put("to", transfer.to()).put("items", transfer.items());
    transfer.area().ifPresent(area -> put(node.putObject("area"), area));
    put(node.putObject("log_score"), transfer.log());
    node.put("base_rate_log_score", transfer.rate());
  }

  /// @throws IllegalArgumentException if it is none
  static ProbeCard read(JsonNode node) {
    JsonNode fit = node.path("fit");
    List<ProbeCard.Tried> tried = new ArrayList<>();
    node.path("tried")
        .forEach(
            each ->
                tried.add(
                    new ProbeCard.Tried(
                        each.path("hook").asString(""),
                        each.path("penalty").asDouble(0),
                        each.path("log_score").asDouble(0))));
    List<Transfer> transfers = new ArrayList<>();
    node.path("transfer").forEach(each -> transfers.add(transfer(each)));
    Map<String, String> made = new LinkedHashMap<>();
    node.path("made").properties().forEach(e -> made.put(e.getKey(), e.getValue().asString("")));
    return new ProbeCard(
        node.path("target").asString(""),
        node.path("source").asString(""),
        node.path("model").asString(""),
        new ProbeCard.Fit(
            fit.path("penalty").asDouble(0),
            fit.path("held_out_by").asString(""),
            fit.path("folds").asInt(0),
            fit.path("seed").asLong(0),
            fit.path("items").asInt(0),
            fit.path("rows").asInt(0)),
        tried,
        table(node),
        transfers,
        made);
  }

  private static ForecastTable table(JsonNode node) {
    List<ForecastTable.Line> lines = new ArrayList<>();
    for (JsonNode line : node.path("table")) {
      Map<ForecastMeasure, Measured> measures = new EnumMap<>(ForecastMeasure.class);
      for (Map.Entry<String, JsonNode> each : line.path("measures").properties()) {
        measures.put(measure(each.getKey()), measured(each.getValue()));
      }
      lines.add(
          new ForecastTable.Line(
              line.path("forecaster").asString(""),
              part(line.path("places").asString("")),
              line.path("rows").asInt(0),
              line.path("items").asInt(0),
              measures));
    }
    Map<WindowPart, OutcomeNoise> noise = new EnumMap<>(WindowPart.class);
    for (Map.Entry<String, JsonNode> each : node.path("noise").properties()) {
      noise.put(part(each.getKey()), noise(each.getValue()));
    }
    List<ForecastTable.Difference> differences = new ArrayList<>();
    for (JsonNode each : node.path("differences")) {
      differences.add(
          new ForecastTable.Difference(
              each.path("other").asString(""),
              measure(each.path("measure").asString("")),
              measured(each),
              each.path("p").asDouble(1),
              each.path("p_holm").asDouble(1)));
    }
    return new ForecastTable(lines, noise, differences);
  }

  private static ForecastMeasure measure(String word) {
    return ForecastMeasure.named(word).orElseThrow(() -> new IllegalArgumentException(word));
  }

  private static WindowPart part(String word) {
    return WindowPart.named(word).orElseThrow(() -> new IllegalArgumentException(word));
  }

  private static Measured measured(JsonNode node) {
    return new Measured(node.path("value").asDouble(0), interval(node));
  }

  private static Interval interval(JsonNode node) {
    return new Interval(
        node.path("low").asDouble(Double.NEGATIVE_INFINITY),
        node.path("high").asDouble(Double.POSITIVE_INFINITY));
  }

  private static OutcomeNoise noise(JsonNode node) {
    return new OutcomeNoise(
        number(node, "brier"),
        number(node, "shares"),
        number(node, "log_score"),
        Optional.of(node.path("area")).filter(JsonNode::isObject).map(CardJson::interval));
  }

  private static OptionalDouble number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  private static Transfer transfer(JsonNode node) {
    return new Transfer(
        node.path("from").asString(""),
        node.path("to").asString(""),
        node.path("items").asInt(0),
        Optional.of(node.path("area")).filter(JsonNode::isObject).map(CardJson::measured),
        measured(node.path("log_score")),
        node.path("base_rate_log_score").asDouble(0));
  }
}
