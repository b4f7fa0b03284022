/// The theory of critical windows, exact on laws that can be written down, and the inequalities
/// that lead from sampled curves to it. Positions are tokens kept.
///
/// ```java
/// FiniteLaw law = FiniteLaw.of(new ToyModel.OrderedDecisions(List.of(.7, .6)));
/// Set<String> three = Set.of("$3$");
/// for (int kept = 0; kept <= law.length(); kept++) {
///   System.out.println(kept + " " + law.consistency(three, kept));
/// }
/// System.out.println(new Windows(law, .1).claim(three, Set.of("$2$", "$3$")));
/// ```
///
/// Arrows: model, stats.
package criticalwindows.theory;
