package criticalwindows.probe;

import java.util.List;

/// How often each class comes out among the rows that are fitted to.
final class BaseRate implements CheapForecast {
  @Override
  public String name() {
    return "base rate";
  }

  @Override
  public String about() {
    return "how often each class comes out among other items";
  }

  @Override
  public List<Evidence> evidence(ProbeInput input) {
    return List.of(input.plain(name(), new float[input.rows().size()][1]));
  }
}
