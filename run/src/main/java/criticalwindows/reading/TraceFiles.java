package criticalwindows.reading;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonToken;

/// Reads files of texts, each in the layout that it has.
public final class TraceFiles {
  /// Every layout there is. The first one that a file fits is taken for its own.
  private static final List<Layout> LAYOUTS =
      List.of(
          new InspectLayout(),
          new LmEvalLayout(),
          new OpenAiLayout(),
          new VllmLayout(),
          new LinesLayout());

  private TraceFiles() {}

  /// What is to be read.
  ///
  /// @param layout by its name; absent to tell it from the file
  /// @param requests a second file with what was asked, for responses that do not have it
  public record Asked(Path file, Optional<String> layout, Optional<Path> requests) {}

  /// All texts of a file, in its order and in whatever layout it has.
  ///
  /// @throws UserError if the file cannot be read, or something in it is not of its layout, saying
  ///   where
  public static Texts read(Path file) {
    return read(new Asked(file, Optional.empty(), Optional.empty()));
  }

  /// All texts of a file, in its order.
  ///
  /// @throws UserError if the file cannot be read, or something in it is not of its layout, saying
  ///   where; if all of its texts are left out
  public static Texts read(Asked asked) {
    Layout layout = asked.layout().map(TraceFiles::named).orElseGet(() -> layout(asked.file()));
    if (asked.requests().isPresent() && !(layout instanceof OpenAiLayout)) {
      throw new UserError(
          "--requests, and " + asked.file() + " is read as " + layout.name(),
          "leave it out: only responses of a batch are without what was asked");
    }
    Found found = new Found();
    layout.read(new Input(asked.file(), asked.requests(), hint(layout)), found);
    if (found.traces().isEmpty() && found.seen() > 0) {
      throw new UserError(
          asked.file() + " has no text that can be used: " + String.join("; ", found.leftOut()),
          "docs/texts.md says what is taken from " + layout.files() + ", and what is left out");
    }
    return new Texts(layout.name(), found.traces(), found.notes());
  }

  private static String hint(Layout layout) {
    return layout.name().equals(LinesLayout.NAME)
        ? JsonValues.HINT
        : "it is read as " + layout.files() + "; name another layout with --layout";
  }

  private static Layout named(String name) {
    return LAYOUTS.stream()
        .filter(layout -> layout.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "--layout " + name + ": no layout has that name",
                    "there is: " + String.join(", ", LAYOUTS.stream().map(Layout::name).toList())));
  }

  private static Layout layout(Path file) {
    return switch (Input.kind(file)) {
      case ZIP -> named(InspectLayout.NAME);
      case PACKED ->
          throw new UserError(
              file + " is compressed as a whole", "unpack it first, with gunzip or unzstd");
      case OTHER -> {
        Map<String, JsonToken> fields = fields(file);
        yield LAYOUTS.stream().filter(each -> each.fits(fields)).findFirst().orElseThrow();
      }
    };
  }

  private static Map<String, JsonToken> fields(Path file) {
    try (JsonValues values = new Input(file, Optional.empty(), JsonValues.HINT).open()) {
      return values.fields(Set.of("eval", "version"));
    }
  }
}
