/// Activations: the vectors that a model computes inside, at chosen places of texts.
///
/// ```java
/// HookPoint hook = new HookPoint(Site.RESIDUAL, 4);
/// System.out.println(hook.word() + ": " + hook.site().about());
/// ```
///
/// Arrows: error, model.
package criticalwindows.activation;
