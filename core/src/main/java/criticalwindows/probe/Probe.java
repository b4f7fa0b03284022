package criticalwindows.probe;

import criticalwindows.activation.HookPoint;
import java.util.List;

/// A probe that was fitted: it says how likely each class of an outcome is, from the vectors that a
/// model has computed so far.
public interface Probe {
  /// The kind of probe, by its name, such as `logistic`.
  String kind();

  /// Where the vectors it reads come from, in their order: the vectors of several hook points stand
  /// one behind the other.
  List<HookPoint> hooks();

  /// The classes it tells apart, at least two; of an outcome that holds or not, `yes` and `no`.
  List<String> classes();

  /// Which tokens it needs.
  Reads reads();

  /// Begins a text. The first vector it takes is that of the prompt's last token, before which
  /// nothing of the response stands.
  Reading begin();

  /// Which tokens of a text a probe reads.
  enum Reads {
    /// Only the one after which it is asked.
    LAST_TOKEN,
    /// All, from the prompt's last one to the one after which it is asked.
    EVERY_TOKEN
  }

  /// A text that a probe reads.
  interface Reading {
    /// Takes the vectors of the token that comes next.
    ///
    /// @param vectors of shape [hook points × width]; it is not kept
    /// @return the logits of the classes after it: their softmax is the forecast
    double[] next(float[] vectors);

    /// Forgets all but the first vectors.
    ///
    /// @param kept in [0, vectors that were taken]
    void trim(int kept);
  }
}
