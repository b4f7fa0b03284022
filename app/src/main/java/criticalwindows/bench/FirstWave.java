package criticalwindows.bench;

import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Vocabulary;
import java.util.List;
import java.util.Map;

/// A model up to the moment at which it would begin to sample.
record FirstWave(Model model) implements Model {
  /// That moment.
  static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1;

    Reached() {
      super("a wave is with the model", null, false, false);
    }
  }

  @Override
  public void run(List<Script> scripts, Sink sink) {
    throw new Reached();
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Vocabulary vocabulary() {
    return model.vocabulary();
  }

  @Override
  public ChatTemplate chatTemplate() {
    return model.chatTemplate();
  }

  @Override
  public int contextLength() {
    return model.contextLength();
  }

  @Override
  public Recommended recommended() {
    return model.recommended();
  }

  @Override
  public int width(int tokens) {
    return model.width(tokens);
  }

  @Override
  public Map<String, String> provenance() {
    return model.provenance();
  }

  @Override
  public void close() {
    model.close();
  }
}
