/// What the method asks of a language model, and nothing about how a model does it.
///
/// The unit is the token id: a continuation starts from exactly the ids that were sampled. What is
/// asked is always a [Script]: feed these ids, sample to the stop, feed a follow-up turn, decode
/// the answer greedily. An engine that owns its KV cache runs many scripts as one batch over a
/// prefix tree; a server runs each as a chain of calls.
///
/// ```java
/// try (Model model = ToyModel.orderedDecisions()) {
///   Tokens prompt = model.vocabulary().encode("?");
///   Script script = new Script(prompt, List.of(Step.sample(Sampling.PLAIN, 15)), 42L);
///   Completion one = Models.run(model, script);
///   System.out.println(model.vocabulary().decode(one.last().tokens()));
/// }
/// ```
///
/// Arrows: hash.
package criticalwindows.model;
