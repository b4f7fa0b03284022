/// Preference pairs: two ways on from one prefix at a window, of which one came to what is wanted,
/// with the counts behind each.
///
/// ```java
/// for (Level level : Level.values()) {
///   System.out.println(new Pairs.Asked(level, new Interval(3, 4), 1));
/// }
/// ```
///
/// Arrows: model, noise, stats, rollout, outcome, cot.
package criticalwindows.preference;
