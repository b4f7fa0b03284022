package criticalwindows.remote;

import criticalwindows.model.Model.Recommended;
import criticalwindows.model.Vocabulary;
import java.util.Optional;

/// A model's tokenizer as it is read here, for servers that do not say their vocabulary.
public interface LocalTokenizer extends AutoCloseable {
  /// Its tokens.
  Vocabulary vocabulary();

  /// What the model's makers recommend, if that is known.
  Optional<Recommended> recommended();

  /// Its tokens are asked for no more.
  @Override
  default void close() {}

  /// Where one is read.
  @FunctionalInterface
  interface Source {
    /// @throws criticalwindows.error.UserError if it cannot be read
    LocalTokenizer open();
  }
}
