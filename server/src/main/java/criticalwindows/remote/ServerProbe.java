package criticalwindows.remote;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.util.Map;

/// Probes a server of which nothing is known but its address.
public final class ServerProbe {
  /// Any model of language goes on from this.
  static final String TEXT =
      "There is a small town by the sea. Every morning the baker opens her shop before the sun is"
          + " up, and every evening she counts what is left. On Monday she had twelve loaves; on"
          + " Tuesday she had nine; on Wednesday";

  private static final int SOME_IDS = 48;

  private ServerProbe() {}

  /// What the first server of the options can do. Its vocabulary is used if it says it, or if the
  /// options have one.
  public static Findings of(RemoteOptions options) throws InterruptedException {
    try (Fleet fleet = new Fleet(options.only(options.servers().getFirst()))) {
      Connection server = fleet.connections().getFirst();
      Served served = Served.of(server, options.servedModel());
      if (options.tokenizer().isPresent()) {
        Vocabulary own = TokenizerFolder.read(options.tokenizer().get()).vocabulary();
        Tokens text = own.encode(TEXT);
        Tokens prompt =
            own.begin().isPresent() ? Tokens.of(own.begin().getAsInt()).plus(text) : text;
        return Probe.run(fleet, served, CompletionReply.Texts.of(own), prompt);
      }
      CompletionReply.Texts texts = new CompletionReply.Texts(Integer.MAX_VALUE, Map.of());
      return Probe.run(fleet, served, texts, prompt(server, served.name()));
    }
  }

  /// Ids that the server itself makes of a text; where it makes none, some that every vocabulary
  /// has.
  private static Tokens prompt(Connection server, String model) throws InterruptedException {
    return new TextsBothWays(server, model).ids(TEXT).orElseGet(ServerProbe::some);
  }

  private static Tokens some() {
    int[] ids = new int[SOME_IDS];
    java.util.Arrays.setAll(ids, i -> 300 + 7 * (i % 12));
    return Tokens.of(ids);
  }
}
