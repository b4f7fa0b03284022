/// Noise: a response, and the places where it is cut. (Denoising is the model's part: writing on
/// from a cut.)
///
/// ```java
/// for (Cut cut : CutPlan.parse(".05,.1,.3,.5,.7,.9").cuts(200)) {
///   System.out.println(cut.fraction() + " of the response is " + cut.kept() + " tokens");
/// }
/// ```
///
/// Arrows: model.
package criticalwindows.noise;
