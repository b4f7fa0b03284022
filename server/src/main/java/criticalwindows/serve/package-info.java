/// A model served over HTTP in the words of OpenAI and vLLM, and a stub whose answers and faults
/// are known in advance.
///
/// ```java norun
/// try (Model model = ToyModel.orderedDecisions();
///     ModelServer server = ModelServer.start(model, ServeOptions.loopback(0))) {
///   System.out.println(server.address());
/// }
/// ```
///
/// Arrows: error, model.
package criticalwindows.serve;
