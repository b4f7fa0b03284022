package criticalwindows.tokenizer;

import criticalwindows.error.UserError;

/// What is wrong with a `tokenizer.json`.
final class DamagedFile {
  static final String HINT = "use the tokenizer.json as its makers saved it";

  private DamagedFile() {}

  static UserError of(String where, String what) {
    return new UserError(where + " " + what, HINT);
  }

  static UserError of(String where, String what, Exception cause) {
    return new UserError(where + " " + what, HINT, cause);
  }
}
