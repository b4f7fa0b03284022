package criticalwindows.llamacpp;

import criticalwindows.hash.Sha256;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How attention is computed, and who said so. What an [AttentionTrial] finds is kept in a file for
/// each model and kind of machine: a second trial may come out otherwise where two ways are alike,
/// and the last digits of a probability go with the way.
///
/// @param by what chose it, for the record; absent where it was given
record AttentionChoice(Attention way, Optional<String> by) {

  /// What a choice depends on.
  ///
  /// @param model the SHA-256 of its file
  /// @param engine its version and build
  /// @param processor its name and what of it the engine uses
  record Place(String model, String engine, String processor) {
    /// The file of a choice.
    Path in(Path folder) {
      return folder.resolve(Sha256.name(Sha256.of(toString())) + ".txt");
    }
  }

  /// The choice for a model that is loaded.
  ///
  /// @param here asked only where there is something to find
  static AttentionChoice of(Weights weights, LlamaOptions options, Supplier<Place> here) {
    if (options.attention() != Attention.AUTO) {
      return new AttentionChoice(options.attention(), Optional.empty());
    }
    if (!AttentionTrial.fits(weights)) {
      return new AttentionChoice(Attention.FLASH, Optional.of("the model's size, untried"));
    }
    Place place = here.get();
    Optional<Path> file = options.choices().map(place::in);
    Optional<Attention> kept = file.flatMap(AttentionChoice::read);
    if (kept.isPresent() && (kept.get() != Attention.SHARED || weights.decoder().isPresent())) {
      return new AttentionChoice(kept.get(), file.map(Path::toString));
    }
    AttentionTrial.Outcome outcome = AttentionTrial.of(weights, options);
    if (outcome.way() != Attention.SHARED) {
      weights.releaseDecoder();
    }
    String by = file.flatMap(to -> write(to, outcome, place)).orElse("a trial, kept nowhere");
    return new AttentionChoice(outcome.way(), Optional.of(by));
  }

  private static Optional<Attention> read(Path file) {
    try {
      String first = Files.readAllLines(file).getFirst();
      return Stream.of(Attention.FLASH, Attention.PLAIN, Attention.SHARED)
          .filter(way -> word(way).equals(first))
          .findFirst();
    } catch (IOException | UncheckedIOException | NoSuchElementException e) {
      return Optional.empty(); // Not there yet, or of no use: there is a trial.
    }
  }

  private static Optional<String> write(Path file, AttentionTrial.Outcome outcome, Place place) {
    String times =
        outcome.times().entrySet().stream()
            .map(time -> word(time.getKey()) + " " + time.getValue().toNanos() / 1000)
            .collect(Collectors.joining(", "));
    List<String> lines =
        List.of(
            word(outcome.way()),
            "microseconds of processor time a step: " + times,
            "model sha256 " + place.model(),
            "engine " + place.engine(),
            "processor " + place.processor());
    try {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "attention", ".draft");
      Files.write(draft, lines);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(file.toString());
    } catch (IOException e) {
      return Optional.empty(); // A cache that cannot be written costs a trial each time.
    }
  }

  static String word(Attention way) {
    return way.name().toLowerCase(Locale.ROOT);
  }

  /// The name of this machine's processor.
  static String processor() {
    Path facts = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.lines(facts)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch");
    }
  }
}
