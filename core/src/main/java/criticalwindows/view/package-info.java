/// What people are shown: numbers in one style, texts that no terminal obeys, and tables whose
/// columns are explained.
///
/// ```java
/// List<Column<Integer>> columns =
///     List.of(
///         new Column<>("n", "a number", n -> Numbers.count(n)),
///         new Column<>("half", "half of it", n -> Numbers.share(n / 2.0)));
/// new View<>(columns, List.of(3, 1_000)).lines().forEach(System.out::println);
/// ```
///
/// Arrows: stats.
package criticalwindows.view;
