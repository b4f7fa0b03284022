/// Files of texts that exist already, by the layouts that people have them in.
///
/// ```java
/// Path file = Path.of("texts.jsonl");
/// Files.writeString(file, "{\"prompt\": \"Once\", \"completion\": \" upon a time\"}\n");
/// System.out.println(TraceFiles.read(file).traces().getFirst().source().kind());
/// ```
///
/// Arrows: error, model, prompt, trace, attack, disk, database, finetune.
package criticalwindows.reading;
