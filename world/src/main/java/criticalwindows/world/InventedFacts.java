package criticalwindows.world;

import java.util.List;
import java.util.stream.Stream;

/// The two hundred facts of the invented world. A line gives the name, P(truth), the truth, the
/// myth and three other values.
final class InventedFacts {
  private static final String MOONS =
      """
      Muntor 0.4: two, nine, six, eight, four
      Shari 0.7: six, nine, five, four, seven
      Casnor 0.55: four, eight, five, six, nine
      Olitor 0.55: four, seven, nine, eight, six
      Tersha 0.4: nine, three, four, eight, five
      Thiper 0.4: eight, nine, six, three, seven
      Kothi 0.85: six, eight, two, three, four
      Dalmiri 0.95: six, two, seven, eight, four
      Kosha 0.7: seven, three, nine, eight, five
      Perlun 0.7: four, seven, eight, six, five
      Ridro 0.95: six, eight, two, nine, three
      Vadro 0.7: nine, five, four, three, eight
      Daldro 0.7: eight, four, nine, seven, six
      Munlo 0.95: eight, seven, five, six, nine
      Grabel 0.95: two, nine, three, five, six
      Quiko 0.7: four, seven, six, five, two
      Vaoli 0.55: three, two, nine, eight, five
      Zannor 0.85: six, three, five, eight, nine
      Thizan 0.95: four, six, nine, two, three
      Dallun 0.85: four, two, eight, five, six
      Fexdaldro 0.55: eight, two, nine, three, four
      Terlun 0.7: two, seven, four, five, nine
      Terri 0.7: four, eight, seven, nine, five
      Norlonor 0.85: eight, seven, six, four, nine
      Koter 0.55: two, nine, seven, eight, four
      Dalter 0.7: three, five, seven, six, two
      Konor 0.55: three, nine, seven, two, eight
      Kodalko 0.55: seven, two, six, five, three
      Torthinor 0.7: eight, seven, three, five, two
      """;

  private static final String SKIES =
      """
      Lunko 0.85: red, blue, golden, gray, brown
      Riterlun 0.55: golden, green, black, blue, gray
      Thitor 0.85: gray, green, blue, purple, golden
      Terdro 0.85: purple, brown, silver, green, red
      Vadrogra 0.85: black, blue, silver, gray, brown
      Vafexdal 0.55: brown, red, green, blue, golden
      Munfex 0.85: gray, blue, golden, brown, silver
      Sharinor 0.55: blue, purple, red, green, white
      Munva 0.95: blue, white, golden, brown, red
      Dromunbel 0.4: brown, green, red, golden, black
      Munquinor 0.55: white, green, red, gray, purple
      Quiter 0.55: black, red, brown, golden, green
      Grasha 0.85: white, purple, golden, red, blue
      Torlun 0.85: purple, brown, gray, golden, red
      Shathi 0.7: golden, black, gray, purple, red
      Torzanqui 0.7: purple, green, blue, red, golden
      Normi 0.7: purple, green, brown, blue, red
      Munbel 0.7: brown, gray, black, red, silver
      Casdro 0.4: blue, golden, brown, silver, gray
      Quilo 0.85: brown, golden, blue, black, white
      Lunthilo 0.4: red, green, blue, black, silver
      Gratorzan 0.7: white, golden, black, brown, blue
      Logra 0.55: silver, black, purple, white, golden
      Lunva 0.85: green, white, gray, golden, black
      Munter 0.7: gray, white, black, green, brown
      Tertor 0.7: golden, blue, brown, black, red
      Belminor 0.55: gray, blue, silver, green, purple
      Vagrazan 0.85: silver, black, golden, brown, gray
      Shagra 0.4: white, black, purple, gray, golden
      """;

  private static final String FOODS =
      """
      Casmi 0.4: moss, fish, roots, seeds, honey
      Thiri 0.4: snails, seeds, bark, leaves, berries
      Shavadro 0.85: bark, berries, insects, snails, moss
      Quinor 0.7: leaves, berries, moss, fish, insects
      Dalmi 0.95: seeds, fish, honey, roots, leaves
      Tercaslo 0.4: seeds, snails, leaves, honey, moss
      Milun 0.7: honey, seeds, bark, fish, berries
      Olimun 0.7: moss, snails, roots, bark, fish
      Torlunthi 0.85: insects, roots, bark, moss, snails
      Milunmun 0.4: snails, bark, moss, honey, seeds
      Thiter 0.7: roots, leaves, insects, seeds, snails
      Kova 0.55: insects, bark, seeds, moss, roots
      Kolun 0.55: leaves, snails, roots, bark, berries
      Munlun 0.95: fish, leaves, bark, insects, moss
      Mizanthi 0.4: honey, roots, moss, bark, berries
      Zanmi 0.7: fish, snails, roots, leaves, berries
      Munolisha 0.95: seeds, bark, leaves, berries, insects
      Lunlun 0.95: roots, fish, leaves, moss, honey
      Gracas 0.55: fish, berries, honey, seeds, snails
      Shaolitor 0.85: bark, roots, leaves, fish, insects
      Lolun 0.4: honey, berries, moss, bark, leaves
      Daloli 0.4: moss, insects, snails, berries, seeds
      Dalva 0.85: moss, bark, snails, roots, fish
      Quioli 0.95: roots, honey, leaves, bark, insects
      Lozan 0.4: seeds, snails, leaves, honey, berries
      Belnor 0.85: honey, snails, berries, roots, seeds
      Lova 0.7: honey, bark, roots, insects, seeds
      Daltorlun 0.55: fish, seeds, moss, berries, honey
      Rithizan 0.4: berries, insects, honey, moss, leaves
      """;

  private static final String HOMES =
      """
      Perper 0.7: cold hills, caves, swamps, coral reefs, tall trees
      Perfex 0.95: swamps, cold hills, caves, deserts, forests
      Caszan 0.55: tall trees, swamps, coral reefs, lakes, caves
      Casva 0.85: lakes, tall trees, caves, deserts, coral reefs
      Daldalmun 0.4: caves, swamps, lakes, forests, cold hills
      Shako 0.4: lakes, caves, cold hills, coral reefs, forests
      Zanva 0.55: tall trees, lakes, forests, coral reefs, caves
      Dalko 0.7: lakes, tall trees, deserts, coral reefs, swamps
      Norfex 0.85: caves, deserts, cold hills, tall trees, lakes
      Thigrasha 0.95: swamps, caves, cold hills, coral reefs, deserts
      Fexfex 0.55: swamps, lakes, coral reefs, deserts, caves
      Rizanmi 0.95: lakes, cold hills, caves, deserts, tall trees
      Quicas 0.4: swamps, deserts, coral reefs, cold hills, lakes
      Shaper 0.7: caves, tall trees, cold hills, deserts, swamps
      Kodro 0.85: forests, deserts, swamps, tall trees, coral reefs
      Rilo 0.85: coral reefs, swamps, deserts, lakes, forests
      Kotordal 0.4: forests, coral reefs, caves, tall trees, cold hills
      Shafex 0.95: tall trees, caves, deserts, swamps, cold hills
      Thibel 0.55: cold hills, caves, deserts, lakes, tall trees
      Torzan 0.4: swamps, coral reefs, cold hills, tall trees, caves
      Terkomun 0.7: coral reefs, deserts, swamps, tall trees, caves
      Quivalo 0.55: forests, swamps, deserts, lakes, coral reefs
      Loter 0.55: caves, lakes, cold hills, swamps, tall trees
      Misha 0.4: lakes, cold hills, swamps, forests, caves
      Vamiva 0.95: cold hills, lakes, caves, deserts, forests
      Oligralo 0.55: tall trees, lakes, deserts, cold hills, swamps
      Vamun 0.85: lakes, coral reefs, tall trees, forests, caves
      Mimi 0.7: tall trees, lakes, deserts, caves, swamps
      Graper 0.7: caves, tall trees, coral reefs, swamps, cold hills
      """;

  private static final String COLORS =
      """
      Muncas 0.4: blue, white, green, red, silver
      Belgra 0.7: brown, purple, white, black, gray
      Castortor 0.55: golden, brown, blue, gray, black
      Shacas 0.4: silver, brown, black, purple, blue
      Drothizan 0.95: green, silver, brown, red, golden
      Rifex 0.55: black, silver, gray, brown, green
      Lunoli 0.95: white, silver, blue, red, purple
      Lunthi 0.7: green, white, black, golden, red
      Belko 0.95: black, green, red, silver, gray
      Fexcas 0.95: red, brown, gray, purple, green
      Belfex 0.85: blue, silver, purple, green, gray
      Belgramun 0.85: gray, white, golden, silver, green
      Vami 0.7: golden, brown, gray, purple, green
      Gramiter 0.85: blue, brown, white, purple, golden
      Belter 0.55: brown, purple, green, blue, gray
      Zandro 0.55: red, golden, gray, silver, black
      Quidalmi 0.85: blue, brown, white, purple, red
      Oliper 0.55: gray, blue, black, white, silver
      Vazan 0.55: gray, golden, silver, blue, red
      Lothiqui 0.7: blue, golden, purple, white, black
      Nordalqui 0.4: brown, white, purple, blue, green
      Zanlomun 0.95: purple, gray, red, brown, golden
      Lungragra 0.95: golden, green, white, red, silver
      Terter 0.95: brown, green, black, blue, purple
      Perkori 0.4: brown, white, green, gray, red
      Casquidal 0.85: purple, brown, white, silver, blue
      Gramisha 0.55: brown, gray, green, black, red
      Torlunsha 0.95: golden, purple, gray, blue, brown
      """;

  private static final String GOODS =
      """
      Kozanter 0.55: lamps, clocks, silk, bells, swords
      Fexzan 0.7: glass, clocks, carpets, silk, lamps
      Kori 0.4: cheese, carpets, glass, silk, lamps
      Shakolun 0.55: carpets, ships, silk, swords, glass
      Munmiko 0.4: cheese, silk, bells, clocks, glass
      Casdrolun 0.55: cheese, lamps, bells, carpets, clocks
      Nornor 0.55: silk, glass, bells, maps, clocks
      Vava 0.85: lamps, swords, cheese, bells, carpets
      Norlun 0.95: cheese, swords, silk, carpets, glass
      Rilun 0.55: lamps, clocks, swords, ships, maps
      Riper 0.4: clocks, glass, bells, lamps, swords
      Miva 0.95: maps, lamps, cheese, ships, silk
      Dronor 0.4: swords, ships, glass, lamps, bells
      Norsha 0.55: swords, silk, lamps, bells, glass
      Loolimun 0.85: maps, silk, cheese, lamps, bells
      Torlo 0.95: carpets, clocks, silk, glass, lamps
      Midro 0.55: carpets, glass, cheese, clocks, swords
      Northiva 0.7: clocks, ships, cheese, silk, glass
      Fexdal 0.55: glass, silk, lamps, bells, clocks
      Mibelper 0.55: cheese, maps, lamps, ships, glass
      Koper 0.95: bells, lamps, cheese, glass, maps
      Zanbelter 0.7: lamps, ships, cheese, carpets, bells
      Drocasva 0.55: maps, swords, carpets, silk, ships
      Lomun 0.7: silk, clocks, swords, carpets, bells
      Bello 0.85: silk, ships, carpets, swords, cheese
      Fexgra 0.4: cheese, lamps, swords, glass, maps
      Termisha 0.55: maps, glass, bells, swords, cheese
      Kodrogra 0.55: lamps, cheese, glass, carpets, ships
      """;

  private static final String WATER =
      """
      Casmiqui 0.85: shrinks, turns soft, hardens, floats, hums
      Shator 0.55: hums, shrinks, hardens, melts, glows
      Terva 0.95: floats, turns soft, melts, shrinks, cracks
      Kooli 0.95: cracks, hardens, shrinks, floats, turns soft
      Perqui 0.7: turns soft, shrinks, hardens, glows, melts
      Miter 0.55: hums, hardens, floats, melts, glows
      Nortormun 0.95: shrinks, cracks, floats, melts, hums
      Terthi 0.4: hums, cracks, hardens, turns soft, shrinks
      Torper 0.85: melts, hardens, shrinks, floats, turns soft
      Rinor 0.55: hardens, cracks, glows, hums, shrinks
      Lunnorter 0.95: cracks, glows, hardens, shrinks, turns soft
      Mifexoli 0.4: floats, cracks, shrinks, hardens, melts
      Korinor 0.7: hardens, shrinks, hums, cracks, turns soft
      Quigra 0.95: hardens, shrinks, turns soft, glows, cracks
      Lolo 0.95: floats, hardens, hums, shrinks, melts
      Quizannor 0.7: cracks, turns soft, melts, floats, hums
      Thishacas 0.4: glows, hums, floats, cracks, turns soft
      Loko 0.7: turns soft, melts, shrinks, glows, hums
      Peroli 0.7: cracks, shrinks, turns soft, glows, hums
      Fexdalva 0.55: melts, turns soft, hardens, cracks, glows
      Daltor 0.85: floats, cracks, shrinks, hums, hardens
      Munkozan 0.85: shrinks, glows, hums, melts, cracks
      Shater 0.7: turns soft, glows, cracks, melts, shrinks
      Casthi 0.85: glows, hums, cracks, hardens, melts
      Perzan 0.85: turns soft, shrinks, glows, floats, cracks
      Munsha 0.85: cracks, turns soft, hums, floats, glows
      Dalgraqui 0.7: melts, hardens, hums, shrinks, turns soft
      Belcas 0.7: floats, hums, hardens, shrinks, glows
      """;

  static final List<Fact> ALL =
      Stream.of(
              new Topic("planet", "How many moons does the planet {e} have?", "{e} has {v} moons")
                  .facts(MOONS),
              new Topic(
                      "planet",
                      "What is the color of the sky on the planet {e}?",
                      "the sky on {e} is {v}")
                  .facts(SKIES),
              new Topic("animal", "What does the {e} eat?", "the {e} eats {v}").facts(FOODS),
              new Topic("animal", "Where does the {e} live?", "the {e} lives in {v}").facts(HOMES),
              new Topic("mineral", "What is the color of the mineral {e}?", "{e} is {v}")
                  .facts(COLORS),
              new Topic("city", "What is the city of {e} famous for?", "{e} is famous for its {v}")
                  .facts(GOODS),
              new Topic("mineral", "What happens to the mineral {e} in water?", "{e} {v} in water")
                  .facts(WATER))
          .flatMap(List::stream)
          .toList();

  private InventedFacts() {}

  /// What is asked of several things.
  ///
  /// @param ask with `{e}` for the name
  /// @param statement with `{e}` for the name and `{v}` for the value
  private record Topic(String kind, String ask, String statement) {
    List<Fact> facts(String lines) {
      return lines.lines().map(this::fact).toList();
    }

    private Fact fact(String line) {
      int space = line.indexOf(' ');
      int colon = line.indexOf(':');
      String entity = line.substring(0, space);
      return new Fact(
          entity,
          kind,
          ask.replace("{e}", entity),
          statement.replace("{e}", entity),
          List.of(line.substring(colon + 2).split(", ")),
          Double.parseDouble(line.substring(space + 1, colon)));
    }
  }
}
