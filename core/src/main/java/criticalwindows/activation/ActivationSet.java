package criticalwindows.activation;

import java.util.List;

/// Activations of places in texts, as they were read.
public interface ActivationSet {
  /// What read them, for people and for comparing: the model's name and the hash of its file.
  String model();

  /// The size of a vector.
  int width();

  /// Where vectors were read.
  List<HookPoint> hooks();

  /// The texts.
  List<Text> texts();

  /// All places, those of a text one after the other and ascending by tokens kept.
  List<Place> places();

  /// The vectors of a hook point at all places, in their order: shape [places, width]. They are
  /// read from their files by each call.
  ///
  /// @throws criticalwindows.error.UserError if there is no such hook point, or a file is damaged
  float[][] at(HookPoint hook);

  /// A text that was read.
  ///
  /// @param id as its run or file has it; none twice in a set
  /// @param group what it belongs to, such as a benchmark or a family of attacks
  /// @param prompted tokens of its prompt, at least one
  /// @param length tokens of its response
  record Text(String id, String group, int prompted, int length) {}
}
