/// Answers as classes: what a text says its answer is, and when two answers are the same.
///
/// ```java
/// Problem problem = Problem.of("mine", "math", "What is 6 * 7?", List.of(), "42");
/// Grader grader = Grader.STANDARD;
/// Answer answer = grader.read(problem, "So 6 * 7 = 42. The answer is $42$.").answer();
/// System.out.println(answer.same(grader.gold(problem)));
/// ```
///
/// Arrows: model, dataset, math, outcome.
package criticalwindows.grade;
