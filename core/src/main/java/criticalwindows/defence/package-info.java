/// Defences of turns that are begun: the assistant's header put in again after every few tokens,
/// and a hint where a response is cut, each beside plain replies of the same cost.
///
/// ```java
/// Defence header = Defence.parse("header:10");
/// System.out.println(header.shown());
/// // What two plain replies come to where either refuses, of 25 of which 20 comply.
/// System.out.println(SameCost.ANY_REFUSAL.complies(new Proportion(20, 25), 2).orElseThrow());
/// ```
///
/// Arrows: error, hash, model, dataset, prompt, noise, stats, rollout, outcome, cot.
package criticalwindows.defence;
