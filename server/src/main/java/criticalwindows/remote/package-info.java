/// A model behind servers that speak `/v1/completions`: vLLM, `cw servers serve`, and others as far
/// as a probe finds that they can.
///
/// ```java norun
/// RemoteOptions options = RemoteOptions.of("http://127.0.0.1:8000");
/// try (RemoteModel model = RemoteModel.open(options)) {
///   System.out.println(model.findings().table());
///   Tokens start = model.vocabulary().encode("Once upon a time");
///   Script script = new Script(start, List.of(Step.sample(Sampling.PLAIN, 40)), 1L);
///   System.out.println(model.vocabulary().decode(Models.run(model, script).last().tokens()));
/// }
/// ```
///
/// Arrows: error, retry, model, tokenizer.
package criticalwindows.remote;
