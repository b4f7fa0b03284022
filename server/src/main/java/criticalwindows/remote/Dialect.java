package criticalwindows.remote;

/// How much of the completions API a server takes, as the probe found.
///
/// @param words which fields a request may have
/// @param stopping what ends a text
/// @param scoring where the log-probabilities of a prompt come from
record Dialect(Words words, Stopping stopping, Scoring scoring) {
  /// The page of OpenAI's completions.
  static final String COMPLETIONS = "/v1/completions";

  /// llama-server's own page.
  static final String LLAMA_PAGE = "/completion";

  /// Before anything is known: the most that can be asked for.
  static final Dialect FULL = new Dialect(Words.EXTENDED, Stopping.BY_IDS, Scoring.PROMPT_LOGPROBS);

  /// The fields of a request.
  enum Words {
    /// OpenAI's alone; others are refused.
    OPENAI,
    /// Those of vLLM, SGLang and llama-server too; what a server does not know it ignores.
    EXTENDED,
    /// Those of llama-server's own page.
    LLAMA
  }

  /// Where texts are asked for.
  String page() {
    return words == Words.LLAMA ? LLAMA_PAGE : COMPLETIONS;
  }

  /// What ends a text.
  enum Stopping {
    /// The ids that the request names, and no others.
    BY_IDS,
    /// The server's own.
    BY_SERVER
  }

  /// Where the log-probabilities of a prompt come from.
  enum Scoring {
    /// `prompt_logprobs`, by id.
    PROMPT_LOGPROBS,
    /// `echo` with `logprobs`, in order.
    ECHO,
    /// Nowhere.
    NONE
  }
}
