/// Forms: sentences with choices in brackets, what texts make of them, and how likely each
/// combination of choices is.
///
/// ```java
/// FormPrompt form = FormPrompt.parse("Complete this.\n\n1. A (Cat/Dog) saw a (River|stream/Road).");
/// FormReading reading = new FormReader(form).read("1. a cat saw a STREAM.");
/// System.out.println(form.words(reading.choices()) + " " + reading);
/// FormCounts counts = FormCounts.of(List.of(reading, new FormReader(form).read("A cat ran off.")));
/// System.out.println(counts.conditioned(reading.choices(), 1));
/// ```
///
/// Arrows: error, model, dataset, prompt, stats, theory, rollout.
package criticalwindows.form;
