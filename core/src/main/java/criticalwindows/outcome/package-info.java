/// What responses come to, as classes: an interface that each way of reading them fills, and what
/// windows are found from.
///
/// ```java
/// record Length(String show) implements Outcome {
///   public boolean readable() { return true; }
/// }
/// Scorer length = (item, said) -> new Length(said.response().length() > 3 ? "long" : "short");
/// Problem item = Problem.open("mine", "talk", "Hello?");
/// System.out.println(length.of(item, Said.response(FinishReason.STOP, "Hi")).show());
/// ```
///
/// Arrows: model, dataset, stats, rollout.
package criticalwindows.outcome;
