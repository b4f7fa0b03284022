/// How much each token of a response counts in training, by named rules: where it was decided, how
/// likely the token was, how open the choice; and the controls that such weights are held against.
///
/// ```java
/// Rules.ALL.forEach(rule -> System.out.println(rule.name() + ": " + rule.about()));
/// ```
///
/// Arrows: error, model, dataset, stats, localise, rollout, outcome.
package criticalwindows.weight;
