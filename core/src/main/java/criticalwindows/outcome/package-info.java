/// What responses come to, as classes: an interface that each way of reading them fills.
///
/// ```java
/// Scorer length = (item, finish, reply) -> new Label(reply.length() > 3 ? "long" : "short");
/// record Label(String show) implements Outcome {
///   public boolean readable() { return true; }
///   public boolean same(Outcome other) { return equals(other); }
/// }
/// ```
///
/// Arrows: dataset, model.
package criticalwindows.outcome;
