/// From a curve to the place where something was decided.
///
/// ```java
/// Curve curve =
///     new Curve(
///         List.of(
///             new Curve.Point(10, new Proportion(5, 25)), new Curve.Point(40, new Proportion(24, 25))));
/// System.out.println(JumpRule.PUBLISHED.window(curve));
/// ```
///
/// Arrows: stats.
package criticalwindows.localise;
