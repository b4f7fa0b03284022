package criticalwindows.reading;

import java.util.Optional;

/// A response that a person has put into a class.
///
/// @param place in its file, for people: `row 3`
/// @param question absent where the file has none
/// @param label as it stands there
public record LabelledText(
    String place, Optional<String> question, String response, String label) {}
