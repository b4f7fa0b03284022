/// Pure statistics on counts. No chance, no clock, nothing of language models.
///
/// ```java
/// Interval interval = new Proportion(18, 25).wilson(.95);
/// System.out.println(interval.low() + " to " + interval.high());
/// ```
///
/// Arrows: none.
package criticalwindows.stats;
