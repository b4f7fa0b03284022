/// What windows say: the words in them, the continuations that part ways there, and what the
/// windows of a run have in common.
///
/// ```java
/// Written text = new Written("All cats purr. So Tom purrs.", List.of(3, 8, 13, 14, 17, 21, 27, 28));
/// List<Set<TokenKind>> kinds = new KindReader(text, Set.of("A", "B")).kinds();
/// System.out.println(kinds);
/// KindStudy study = KindStudy.of(List.of(new WindowText(kinds, List.of(), 4, 5)));
/// System.out.println(study.windows() + " window, too few to compare: " + study.rows());
/// ```
///
/// Arrows: model, dataset, noise, stats, localise, rollout, outcome, window, cot.
package criticalwindows.explain;
