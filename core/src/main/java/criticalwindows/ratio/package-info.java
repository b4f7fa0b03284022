/// Likelihood ratios between a model that was taught to refuse and one that was not: what each
/// finds of a text, the scores that are made of it, and how well these tell texts in which a
/// refusal was got around from benign ones.
///
/// ```java
/// Role role = Role.ALIGNED;
/// System.out.println(role.word() + ": " + Scores.RATIO.about());
/// ```
///
/// Arrows: error, model, dataset, stats, rollout.
package criticalwindows.ratio;
