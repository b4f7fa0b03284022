/// What is said to a model, and how it becomes token ids.
///
/// ```java
/// try (Model model = ToyModel.orderedDecisions()) {
///   Prompter prompter = new Prompter(model, PromptSet.standard());
///   Problem problem = Problem.of("toy", "logic", "Which leaf?", List.of(), "27");
///   System.out.println(model.vocabulary().decode(prompter.reasoning(problem)));
/// }
/// ```
///
/// Arrows: error, hash, model, dataset.
package criticalwindows.prompt;
