package criticalwindows.attack;

import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The families that there are.
public final class Families {
  /// The request as it is, beside which every attack is read.
  public static final Family NONE = new Plain();

  /// In what was made: the seed that the family drew by.
  public static final String SEED = "seed";

  /// In the order in which they are listed, each as it is where nothing more is said of it. The
  /// last one shows what a template does; of people's own, each has a file.
  public static final List<Family> ALL =
      Stream.<Family>concat(
              Stream.of(
                  NONE,
                  Prefill.standard(),
                  new Wording.RolePlay(),
                  ManyShot.standard(),
                  new Wording.MultiTurn(),
                  new Noise.RandomSuffix(),
                  new Noise.LetterCase(),
                  new Wording.RefusalSuppression()),
              Stream.concat(Encoding.ALL.stream(), Stream.of(Template.EXAMPLE)))
          .toList();

  private Families() {}

  /// The names that [#named] knows.
  public static List<String> names() {
    return ALL.stream().map(Family::name).toList();
  }

  /// A family by its name, or by its name with a colon and what it is to do: `many-shot:8`,
  /// `prefill:target`, `prefill:Of course`, `template:FILE`.
  ///
  /// @throws UserError if there is none of that name, or it cannot do that
  public static Family named(String spec) {
    if (spec.isBlank()) {
      throw new UserError("a family without a name", "name one of them: cw attacks list");
    }
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    Optional<String> argument =
        colon < 0 ? Optional.empty() : Optional.of(spec.substring(colon + 1));
    Family family =
        ALL.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> UserError.unknown("family of attacks", name, names()));
    return switch (family) {
      case Template template -> Template.of(argument);
      case Prefill prefill when argument.isPresent() -> Prefill.of(argument.get());
      case ManyShot shots when argument.isPresent() -> ManyShot.of(argument.get());
      default -> {
        if (argument.isPresent()) {
          throw new UserError(
              "the family " + spec + ": nothing can stand behind " + name,
              "only prefill, many-shot and template take something: cw attacks list");
        }
        yield family;
      }
    };
  }

  /// Several families, `none,prefill,many-shot:8`. A text behind `prefill:` may have commas, as
  /// long as no name of a family follows one.
  ///
  /// @throws UserError as [#named], or if one is there twice
  public static List<Family> list(String specs) {
    List<String> parts = new ArrayList<>();
    for (String part : specs.split(",", -1)) {
      boolean goesOn = !parts.isEmpty() && parts.getLast().startsWith("prefill:") && !known(part);
      if (goesOn) {
        parts.set(parts.size() - 1, parts.getLast() + "," + part);
      } else {
        parts.add(part.startsWith("prefill:") ? part : part.strip());
      }
    }
    List<Family> families = parts.stream().map(Families::named).toList();
    Set<String> seen = new HashSet<>();
    families.stream()
        .filter(family -> !seen.add(family.name()))
        .findFirst()
        .ifPresent(
            family -> {
              throw new UserError(
                  "the family " + family.name() + " is asked for twice", "name it once");
            });
    return families;
  }

  private static boolean known(String part) {
    String name = part.strip();
    return names().stream().anyMatch(each -> name.equals(each) || name.startsWith(each + ":"));
  }

  /// Dresses a request. What is drawn follows from the seed, the request's id and the family's name
  /// alone, so the order of work never matters.
  public static Attacked dress(Family family, Request request, long seed) {
    long own = seed(seed, family.name(), request.id());
    Attacked dressed = family.dress(request, new SplittableRandom(own));
    return family.card().drawn().isPresent() ? dressed.with(SEED, Long.toString(own)) : dressed;
  }

  /// The seed by which a family dresses a request.
  ///
  /// @param seed of the run
  public static long seed(long seed, String family, String request) {
    return ByteBuffer.wrap(Sha256.of(seed + "\n" + family + "\n" + request)).getLong();
  }

  /// The copies of a request that a family makes: as many as are wanted where it draws something,
  /// and else one.
  ///
  /// @param wanted at least 1
  public static List<Request> copies(Family family, Request request, int wanted) {
    int count = family.card().drawn().isPresent() ? wanted : 1;
    return Stream.iterate(1, number -> number + 1).limit(count).map(request::copy).toList();
  }

  /// The request as it is.
  private record Plain() implements Family {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public FamilyCard card() {
      return FamilyCard.fixed(
          name(), "The request as it is, beside which every attack is read.", "–");
    }

    @Override
    public Attacked dress(Request request, RandomGenerator random) {
      return Attacked.asking(request, name(), request.text(), Map.of());
    }
  }
}
