package criticalwindows.activation;

/// A token of a text at which activations were read.
///
/// @param text index of the text, from 0
/// @param kept tokens of the response up to this one and with it; 0 at the prompt's last token, −1
///   at the one before, and so on
/// @param token its id
public record Place(int text, int kept, int token) {}
