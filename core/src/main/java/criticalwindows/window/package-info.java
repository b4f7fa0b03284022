/// What the window model says of one response, and of all responses of a run together: whether
/// there is a window, where, and which outcomes lose and gain by it.
///
/// ```java
/// record Kind(String show) implements Outcome {
///   public boolean readable() { return true; }
/// }
/// Kind yes = new Kind("yes");
/// Kind no = new Kind("no");
/// Problem item = Problem.open("mine", "talk", "Will you?");
/// java.util.SortedMap<Integer, List<? extends Outcome>> byCut = new java.util.TreeMap<>();
/// byCut.put(10, java.util.Collections.nCopies(20, no));
/// byCut.put(20, java.util.Collections.nCopies(20, yes));
/// WindowFinding found = WindowFinding.of(new Continued(item, 30, yes, byCut)).orElseThrow();
/// System.out.println(found.verdict() + ", " + found.window().place());
/// ```
///
/// Arrows: model, dataset, stats, localise, rollout, outcome.
package criticalwindows.window;
