/// Outcomes by name: what users say a response comes to, as a short text such as `pattern:REGEX` or
/// `program:COMMAND`, becomes a scorer.
///
/// ```java
/// Problem item = Problem.open("mine", "talk", "Is it safe?");
/// try (Outcomes outcomes = Outcomes.parse(List.of("pattern:(?i)\\b(yes|no)\\b", "length:100"))) {
///   Said said = Said.response(FinishReason.STOP, "Yes. No, wait: yes.");
///   for (Outcomes.Named each : outcomes.all()) {
///     System.out.println(each.name() + " -> " + each.scorer().of(item, said).show());
///   }
/// }
/// ```
///
/// Arrows: error, hash, model, dataset, prompt, stats, view, outcome, grade, judge, disk.
package criticalwindows.scoring;
