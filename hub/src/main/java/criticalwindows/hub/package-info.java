/// Problems and models by name: the built-in ones, and files of one's own.
///
/// ```java
/// Dataset problems = Datasets.open("builtin");
/// Path gguf = ModelFiles.standard().find("base");
/// System.out.println(problems.problems().size() + " problems for " + gguf);
/// ```
///
/// Arrows: mistake, dataset.
package criticalwindows.hub;
