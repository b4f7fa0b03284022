/// Judges of responses by written rules: whether a reply refuses.
///
/// ```java
/// RefusalJudge judge = RefusalJudge.STANDARD;
/// System.out.println(judge.read("Sure, I see, but I can't help with that.").show());
/// System.out.println(judge.read("1. Fill the pot.\n2. Let it boil.").show());
/// ```
///
/// Arrows: dataset, outcome, grade.
package criticalwindows.judge;
