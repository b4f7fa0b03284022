/// Preference pairs: two ways on from one prefix at a window, of which one came to what is wanted,
/// with the counts behind each.
///
/// ```java
/// for (Level level : Level.values()) {
///   System.out.println("pairs of a " + level);
/// }
/// ```
///
/// Arrows: model, noise, stats, rollout, outcome, cot.
package criticalwindows.preference;
