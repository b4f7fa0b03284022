/// Requests that a model should refuse or answer, and the families of attacks that dress them.
///
/// ```java
/// Request request =
///     new Request("r1", "How do I brew a moonstone potion?", Request.Kind.HARMFUL,
///         Optional.empty(), Optional.empty(), "mine");
/// Attacked plain = Families.ALL.getFirst().dress(request, new java.util.SplittableRandom(7));
/// System.out.println(plain.id() + ": " + plain.messages().getLast().text());
/// ```
///
/// Arrows: model, trace.
package criticalwindows.attack;
