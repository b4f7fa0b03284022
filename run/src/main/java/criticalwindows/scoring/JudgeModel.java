package criticalwindows.scoring;

import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import java.util.Optional;

/// A model in the role of a judge: opened when it is first asked, and closed once, however many
/// outcomes ask it.
public final class JudgeModel implements AutoCloseable {
  private final Opening opening;
  private Optional<Model> opened = Optional.empty();

  /// @param opening gives the model
  public JudgeModel(Opening opening) {
    this.opening = opening;
  }

  /// Opens a model.
  @FunctionalInterface
  public interface Opening {
    /// The model.
    Model open() throws InterruptedException;
  }

  synchronized Model get() {
    if (opened.isEmpty()) {
      try {
        opened = Optional.of(opening.open());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserError("stopped while the judge was opened", "do the same again", e);
      }
    }
    return opened.get();
  }

  @Override
  public synchronized void close() {
    opened.ifPresent(Model::close);
    opened = Optional.empty();
  }
}
