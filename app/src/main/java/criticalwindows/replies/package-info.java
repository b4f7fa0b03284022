/// Replies of models of the world to its requests, forbidden and harmless, with what two models
/// find of them and the exact probabilities that they comply: for measurements and studies.
///
/// Arrows: model, dataset, stats, rollout, trace, attack, ratio, monitor, world, hub.
package criticalwindows.replies;
