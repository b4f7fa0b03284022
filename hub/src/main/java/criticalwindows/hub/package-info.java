/// Problems and models by name: the built-in ones, public benchmarks, and files of one's own.
///
/// ```java
/// Dataset problems = Datasets.draw("world:method", 10, 7);
/// Path gguf = ModelFiles.standard().find("base");
/// System.out.println(problems.problems().size() + " problems for " + gguf);
/// ```
///
/// Arrows: error, hash, model, dataset, prompt, attack, world, download, benchmark.
package criticalwindows.hub;
