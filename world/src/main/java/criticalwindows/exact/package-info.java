/// Exact curves beside measured ones, where a run is on the world: for each problem the generator's
/// own P(its answer is the original's | the tokens kept), the step that decided it, and how far the
/// measured curve is from it against the sampling noise.
///
/// ```java
/// Cell cell = new Cell(40, new Proportion(9, 25), .30);
/// System.out.println(cell.apart() + " apart, by noise alone " + cell.noise().meanDeviation());
/// ```
///
/// Arrows: model, dataset, noise, stats, rollout, outcome, grade, judge, cot, world.
package criticalwindows.exact;
