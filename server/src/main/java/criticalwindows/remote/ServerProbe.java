package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.remote.Findings.Ability;
import criticalwindows.remote.Findings.Answer;
import criticalwindows.remote.Findings.Finding;
import java.util.List;
import java.util.Map;

/// Probes a server of which nothing is known but its address.
public final class ServerProbe {
  private static final int SOME_IDS = 48;

  private ServerProbe() {}

  /// What the first server of the options can do. Its vocabulary is used if it says it, or if the
  /// options have one. What a run would refuse is refused here, and nothing else.
  public static Findings of(RemoteOptions options) throws InterruptedException {
    try (Fleet fleet = new Fleet(options.only(options.servers().getFirst()))) {
      Connection server = fleet.connections().getFirst();
      Served served = Served.of(server, options.servedModel());
      if (options.tokenizer().isPresent()) {
        try (LocalTokenizer tokenizer = options.tokenizer().get().open()) {
          Vocabulary own = tokenizer.vocabulary();
          Findings findings = probe(options, fleet, served, own);
          return findings.with(Ability.VOCABULARY, VocabularyCheck.of(server, served, own));
        }
      }
      Vocabulary own;
      try {
        own = ServedVocabulary.of(server, served.name());
      } catch (UserError e) {
        CompletionReply.Texts texts = new CompletionReply.Texts(Integer.MAX_VALUE, Map.of());
        return Probe.run(fleet, served, texts, prompt(server, served.name()))
            .with(Ability.VOCABULARY, new Finding(Answer.NO, e.hint()));
      }
      return probe(options, fleet, served, own)
          .with(Ability.VOCABULARY, new Finding(Answer.YES, "it says so at /vocabulary"));
    }
  }

  private static Findings probe(RemoteOptions options, Fleet fleet, Served served, Vocabulary own)
      throws InterruptedException {
    Tokens text = own.encode(VocabularyCheck.TEXT);
    Tokens prompt = own.begin().isPresent() ? Tokens.of(own.begin().getAsInt()).plus(text) : text;
    Connection server = fleet.connections().getFirst();
    return Probe.run(fleet, served, CompletionReply.Texts.of(own), prompt)
        .with(Ability.CONVERSATIONS, conversations(options, server, served, own));
  }

  private static Finding conversations(
      RemoteOptions options, Connection server, Served served, Vocabulary vocabulary) {
    if (options.chatTemplate().isPresent()) {
      ConversationTemplates.named(options.chatTemplate().get());
      return new Finding(Answer.YES, "by --chat-template");
    }
    try {
      List<Message> one = List.of(Message.user("a"));
      String text = ConversationTemplates.served(server, served.name(), vocabulary).render(one);
      return text.isEmpty()
          ? new Finding(Answer.NO, "the server writes nothing: --chat-template does it here")
          : new Finding(Answer.YES, "by the server");
    } catch (UserError e) {
      return new Finding(Answer.NO, e.hint());
    }
  }

  /// Ids that the server itself makes of a text; where it makes none, some that every vocabulary
  /// has.
  private static Tokens prompt(Connection server, String model) throws InterruptedException {
    return new TextsBothWays(server, model).ids(VocabularyCheck.TEXT).orElseGet(ServerProbe::some);
  }

  private static Tokens some() {
    int[] ids = new int[SOME_IDS];
    java.util.Arrays.setAll(ids, i -> 300 + 7 * (i % 12));
    return Tokens.of(ids);
  }
}
