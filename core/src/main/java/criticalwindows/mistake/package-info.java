/// What a user can mend.
///
/// ```java
/// Mistake mistake = new Mistake("no model named bse", "did you mean: base?");
/// System.out.println("error: " + mistake.getMessage() + "\nmend: " + mistake.mend());
/// ```
///
/// Arrows: none.
package criticalwindows.mistake;
