/// Answers of mathematics as canonical forms: read from LaTeX or plain text, compared by value,
/// within fixed bounds.
///
/// ```java
/// import criticalwindows.math.CanonicalForm;
/// import criticalwindows.math.MathForms;
/// CanonicalForm half = MathForms.of("\\frac{1}{2}", Policies.STANDARD);
/// System.out.println(half.equals(MathForms.of("0.5", Policies.STANDARD)));
/// System.out.println(half.equals(MathForms.of("\\sin 30^\\circ", Policies.STANDARD)));
/// ```
///
/// Arrows: hash.
package criticalwindows.math;
