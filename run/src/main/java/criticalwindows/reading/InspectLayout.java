package criticalwindows.reading;

import criticalwindows.error.UserError;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/// Logs of Inspect, `.json` and `.eval`: a text for each sample, whose response is the assistant's
/// last turn.
///
/// *Source:* https://inspect.aisi.org.uk/eval-logs.html
final class InspectLayout implements Layout {
  static final String NAME = "inspect";

  private static final String NO_SAMPLES = " is a log without samples";
  private static final String NO_SAMPLES_HINT =
      "name one that was written with its samples (not --no-log-samples)";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String files() {
    return "a log of Inspect";
  }

  @Override
  public boolean fits(Map<String, JsonToken> fields) {
    return fields.get("eval") == JsonToken.START_OBJECT && fields.containsKey("version");
  }

  @Override
  public void read(Input input, Found found) {
    if (Input.kind(input.file()) == Input.Kind.ZIP) {
      archive(input, found);
      return;
    }
    try (JsonValues values = input.open()) {
      if (!values.enter("samples")) {
        throw new UserError(input.file() + NO_SAMPLES, NO_SAMPLES_HINT);
      }
      for (Optional<JsonValues.Value> value = values.next();
          value.isPresent();
          value = values.next()) {
        JsonValues.Value here = value.get();
        input.at(here.place(), () -> InspectSample.read(here.node(), found));
      }
    }
  }

  private static void archive(Input input, Found found) {
    try (EvalArchive archive = EvalArchive.open(input.file())) {
      if (archive.samples().isEmpty()) {
        throw new UserError(input.file() + NO_SAMPLES, NO_SAMPLES_HINT);
      }
      for (String name : archive.samples()) {
        String place = input.file() + ", " + name;
        try (JsonValues values = new JsonValues(place, archive.text(name))) {
          values
              .next()
              .ifPresent(value -> input.at(name, () -> InspectSample.read(value.node(), found)));
        }
      }
    }
  }
}
