package criticalwindows.monitor;

import criticalwindows.error.UserError;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads responses as they are written, and follows a score along each.
///
/// What is asked of a model of some new tokens is one script, which starts from all that was read
/// before and is kept behind them: an engine that keeps it computes every token once.
public final class Monitor {
  private final MixedScore mixture;
  private final Questions questions;
  private final Map<Role, Model> models = new EnumMap<>(Role.class);

  /// @param models all that the scores ask, of one vocabulary; they are not closed with this
  public Monitor(MixedScore mixture, Questions questions, Map<Role, Model> models) {
    this.mixture = mixture;
    this.questions = questions;
    this.models.putAll(models);
    for (MixedScore.Part part : mixture.parts()) {
      if (!models.keySet().containsAll(part.score().asks())) {
        throw new IllegalArgumentException(part.score().name() + " asks " + part.score().asks());
      }
    }
  }

  /// Tokens that come next in a response.
  ///
  /// @param next at least one
  /// @param more whether more may come
  public record Piece(Followed response, Tokens next, More more) {
    public Piece {
      if (next.isEmpty()) {
        throw new IllegalArgumentException("no tokens come next");
      }
    }
  }

  /// Whether a response goes on.
  public enum More {
    COMES,
    /// This is all of it.
    NONE
  }

  /// A response that begins.
  ///
  /// @param prompt all that stands before it, at least one token
  public Followed begin(String id, Tokens prompt) {
    return new Followed(id, prompt, mixture, questions);
  }

  /// The most tokens that a text of that many comes to hold while it is followed.
  public int mostTokens(int tokens) {
    int answers = Math.max(questions.refusal().size(), questions.compliance().size());
    return tokens + questions.header().size() + answers;
  }

  /// Reads pieces of different responses. One that a model refuses, or to whose tokens it gives no
  /// probability, has failed; the others go on.
  public void read(List<Piece> pieces) throws InterruptedException {
    for (int part = 0; part < mixture.parts().size(); part++) {
      read(pieces, part);
    }
    for (Piece piece : pieces) {
      if (piece.response().failure().isEmpty()) {
        piece.response().read(piece.next());
      }
    }
  }

  /// Every score of a mixture asks for itself.
  private void read(List<Piece> pieces, int part) throws InterruptedException {
    List<Map<Role, Completion>> found = new ArrayList<>();
    pieces.forEach(piece -> found.add(new EnumMap<>(Role.class)));
    for (Role role : mixture.parts().get(part).score().asks()) {
      Objects.requireNonNull(models.get(role))
          .run(scripts(pieces, part), sink(role, pieces, found));
    }
    for (int i = 0; i < pieces.size(); i++) {
      Followed response = pieces.get(i).response();
      if (response.failure().isEmpty()) {
        try {
          response.part(part).take(pieces.get(i).next(), found.get(i));
        } catch (UserError e) {
          response.fail(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static List<Script> scripts(List<Piece> pieces, int part) {
    List<Script> scripts = new ArrayList<>();
    for (Piece piece : pieces) {
      List<Step> steps = new ArrayList<>(piece.response().part(part).steps(piece.next()));
      if (piece.more() == More.COMES) {
        steps.add(new Step.Keep());
      }
      scripts.add(new Script(piece.response().text(), steps, 0));
    }
    return scripts;
  }

  private static Model.Sink sink(Role role, List<Piece> pieces, List<Map<Role, Completion>> found) {
    return new Model.Sink() {
      @Override
      public void finished(int index, Completion completion) {
        found.get(index).put(role, completion);
      }

      @Override
      public void failed(int index, String reason) {
        pieces.get(index).response().fail("the " + role.word() + " model: " + reason);
      }
    };
  }
}
