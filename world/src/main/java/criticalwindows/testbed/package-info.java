/// Holds a model against the world it was taught: accuracy, support, decisions, consistency curves,
/// forms, requests and repeated words, each beside its exact value and with its sampling noise.
///
/// ```java
/// List<Double> exact = List.of(.15, .15, .15, 1.0);
/// System.out.println("decided in interval " + Jump.largest(exact).interval());
/// ```
///
/// Arrows: error, model, stats, view, world.
package criticalwindows.testbed;
