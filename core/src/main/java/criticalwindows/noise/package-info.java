/// Noise: a response, and the places where it is cut. (Denoising is the model's part: writing on
/// from a cut.)
///
/// ```java
/// for (Cut cut : CutPlan.parse("0.05,0.1,0.3,0.5,0.7,0.9").cuts(200)) {
///   System.out.println(cut.fraction() + " of the response is " + cut.kept() + " tokens");
/// }
/// ```
///
/// Arrows: model.
package criticalwindows.noise;
