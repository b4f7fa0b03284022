/// Rollouts that other tools have made, as runs: each layout is read into responses, the places
/// where they were cut, and what their continuations came to. Nothing is sampled, and the outcome
/// is what the files say.
///
/// ```java
/// Path file = Path.of("potentials.json");
/// Files.writeString(file, """
///     [{"id": "sum", "question": "2 + 2?", "response": "It is 4", "is_correct": true,
///       "response_tokens": ["It", " is", " 4"], "response_token_ids": [5, 6, 7],
///       "all_position_scores": [0.5, 0.75]}]""");
/// Import read =
///     Import.read(new Import.Asked("cliff-tokens", file, OptionalInt.of(4), Optional.empty()));
/// read.write(Path.of("imported"), Map.of(), java.time.Instant.EPOCH);
/// System.out.println(read.continuations() + " continuations");
/// ```
///
/// Arrows: error, hash, model, dataset, noise, rollout, grade, store, scoring, run.
package criticalwindows.importing;
