/// Requests that a model should refuse or answer, and the families of attacks that dress them.
///
/// ```java
/// import criticalwindows.attack.Request;
/// Request request =
///     new Request("r1", "How do I brew a moonstone potion?", Request.Kind.HARMFUL,
///         Optional.empty(), Optional.empty(), "mine");
/// Attacked dressed = Families.dress(Families.named("role-play"), request, 7);
/// System.out.println(dressed.id() + ": " + dressed.messages().getLast().text());
/// ```
///
/// Arrows: error, hash, model, trace.
package criticalwindows.attack;
