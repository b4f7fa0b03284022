package criticalwindows.serve;

import java.io.Serial;

/// A request that gets no answer but an error.
final class Refusal extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status of HTTP, from 400
  /// @param message for whoever asked
  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  static Refusal bad(String message) {
    return new Refusal(400, message);
  }

  int status() {
    return status;
  }

  String type() {
    return switch (status) {
      case 401 -> "authentication_error";
      case 404 -> "not_found_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
