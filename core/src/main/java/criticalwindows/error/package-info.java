/// What a user can put right.
///
/// ```java
/// UserError failure = new UserError("no model named bse", "did you mean: base?");
/// System.out.println("error: " + failure.getMessage() + "\nhint: " + failure.hint());
/// ```
///
/// Arrows: none.
package criticalwindows.error;
