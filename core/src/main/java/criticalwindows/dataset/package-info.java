/// Problems, and the lists of them that people study.
///
/// ```java
/// Problem problem =
///     Problem.of("mine", "math", "What is 6 * 7?", List.of(new Choice("A", "42"), new Choice("B", "48")), "A");
/// System.out.println(problem.text());
/// ```
///
/// Arrows: hash, model.
package criticalwindows.dataset;
