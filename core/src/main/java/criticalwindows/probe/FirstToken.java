package criticalwindows.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A probe of the response's first token, whose forecast stays the same along the whole text.
final class FirstToken implements CheapForecast {
  @Override
  public String name() {
    return "first token";
  }

  @Override
  public String about() {
    return "a linear probe of the response's first token (or the prompt's last), for all places";
  }

  @Override
  public List<Evidence> evidence(ProbeInput input) {
    PlaceIndex index = new PlaceIndex(input.set());
    List<Evidence.Span> spans = new ArrayList<>();
    for (ProbeRow row : input.rows()) {
      OptionalInt first = index.beginning(row);
      if (first.isEmpty()) {
        return List.of();
      }
      spans.add(new Evidence.Span(first.getAsInt(), first.getAsInt()));
    }
    return input.hooks(ProbeKinds.plain(input.classes().size()), spans);
  }
}
