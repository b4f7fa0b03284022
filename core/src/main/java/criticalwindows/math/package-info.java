/// Answers of mathematics as canonical forms: read from LaTeX or plain text, compared by value,
/// within fixed bounds.
///
/// ```java
/// import criticalwindows.math.Form;
/// import criticalwindows.math.FormReader;
/// Form half = FormReader.of("\\frac{1}{2}", Policies.STANDARD);
/// System.out.println(half.equals(FormReader.of("0.5", Policies.STANDARD)));
/// System.out.println(half.equals(FormReader.of("\\sin 30^\\circ", Policies.STANDARD)));
/// ```
///
/// Arrows: none.
package criticalwindows.math;
