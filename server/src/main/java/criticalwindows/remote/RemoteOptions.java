package criticalwindows.remote;

import criticalwindows.error.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which servers, and how they are asked.
///
/// @param servers at least one; several serve the same model
/// @param servedModel its name there; empty: the only one that the first server has
/// @param tokenizer where the model's is read; empty: the server says its own vocabulary, as `cw
///   servers serve` does
/// @param chatTemplate `llama3` or `chatml`; empty: the server renders conversations
/// @param key that the servers ask for
/// @param load how much is asked at once, and how long is waited
public record RemoteOptions(
    List<Address> servers,
    Optional<String> servedModel,
    Optional<LocalTokenizer.Source> tokenizer,
    Optional<String> chatTemplate,
    ApiKey key,
    Load load) {
  public RemoteOptions {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no server");
    }
  }

  /// How much is asked at once, and how long is waited.
  ///
  /// @param inFlight the most calls at once to one server
  /// @param timeout for one whole answer
  /// @param retryFor how long no server at all may answer before it is given up
  /// @param pause before a second try; later ones wait longer
  public record Load(int inFlight, Duration timeout, Duration retryFor, Duration pause) {
    /// 256 calls at once, ten minutes for an answer, ten minutes without any, a tenth of a second.
    public static final Load STANDARD =
        new Load(256, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMillis(100));

    public Load {
      if (inFlight < 1 || inFlight > 65_536) {
        throw new UserError("--in-flight " + inFlight, "give a number from 1 to 65536");
      }
      if (!timeout.isPositive() || !retryFor.isPositive() || !pause.isPositive()) {
        throw new UserError("a time of " + timeout + " or " + retryFor, "give at least 1 second");
      }
    }
  }

  /// Servers with everything as usual.
  ///
  /// @param urls with commas between them
  public static RemoteOptions of(String urls) {
    return new RemoteOptions(
        Address.parse(urls),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ApiKey.none(),
        Load.STANDARD);
  }

  /// The servers that the key would go to unencrypted, over a network.
  public List<Address> exposed() {
    return key.isPresent() ? servers.stream().filter(Address::isOpen).toList() : List.of();
  }

  /// The same with one server alone.
  RemoteOptions only(Address server) {
    return new RemoteOptions(List.of(server), servedModel, tokenizer, chatTemplate, key, load);
  }

  /// The same with that load.
  public RemoteOptions with(Load other) {
    return new RemoteOptions(servers, servedModel, tokenizer, chatTemplate, key, other);
  }

  /// The same with that key.
  public RemoteOptions with(ApiKey other) {
    return new RemoteOptions(servers, servedModel, tokenizer, chatTemplate, other, load);
  }
}
