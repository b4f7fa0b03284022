/// Texts that exist already: where a response comes from, how it becomes token ids, and the scripts
/// that cut it and write on.
///
/// ```java
/// try (Model model = ToyModel.orderedDecisions()) {
///   Before before = new Before.Turns(List.of(Message.user("Which leaf?")));
///   Trace trace =
///       new Trace("line 1", Optional.empty(), before, new Sources.Text("27"), FinishReason.STOP, Optional.empty());
///   Problem item = Tracing.of(model, List.of(trace), "mine").items().getFirst();
///   System.out.println(item.given().orElseThrow().response().orElseThrow().size() + " tokens");
/// }
/// ```
///
/// Arrows: error, hash, model, dataset, prompt, noise, localise, rollout, cot.
package criticalwindows.trace;
