/// The public benchmarks: a card and a reader each, for the layouts they are published in.
///
/// ```java
/// Path file = Path.of("gsm8k-test.jsonl");
/// Files.writeString(file, "{\"question\": \"2 dozen eggs?\", \"answer\": \"2 * 12 = 24\\n#### 24\"}\n");
/// Benchmark benchmark = Benchmarks.named("gsm8k").orElseThrow();
/// Benchmark.Contents contents = benchmark.read(List.of(file));
/// System.out.println(contents.problems().getFirst().answer().orElseThrow() + ", " + contents.unreadable());
/// ```
///
/// Arrows: error, dataset, attack, tables, download.
package criticalwindows.benchmark;
