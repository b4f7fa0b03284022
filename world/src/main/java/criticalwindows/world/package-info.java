/// A world whose answers are known exactly. Every text in it is written by a [Program] that may
/// only write, choose a wording that never matters, and take a decision with known probabilities.
/// Run with chance it gives a [WrittenReply]; run over all choices it gives the [Posterior]: the
/// exact P(answer | the text starts with a prefix).
///
/// ```java
/// WorldSet set = Worlds.read("world:arithmetic", 100, 7);
/// Question question = set.questions().getFirst();
/// WrittenReply reply = WrittenReply.sample(question, new SplittableRandom(7));
/// Posterior posterior = Posterior.of(question, reply.text().substring(0, 90));
/// System.out.println(posterior.answers() + " in truth " + question.answerNaming(question.truth()));
/// ```
///
/// Arrows: error, hash, dataset.
package criticalwindows.world;
