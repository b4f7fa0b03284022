package criticalwindows.probe;

import java.util.List;

/// A forecast that needs no probe, and that a probe has to beat. What it has to fit is fitted by
/// the same fitter on the same rows as the probe's.
public interface CheapForecast {
  /// As people name it.
  String name();

  /// What it goes by, for people.
  String about();

  /// What it goes by at each row; none where that is not known.
  List<Evidence> evidence(ProbeInput input);
}
