package criticalwindows.world;

import java.util.Map;
import java.util.function.Predicate;

/// What becomes of a request once the reply starts with a prefix: exact, over all courses that the
/// reply may still take.
///
/// `refused + soft + complied` is 1.
///
/// @param refused P(refused in the end, not softly), late refusals included
/// @param soft P(refused softly)
/// @param complied P(explained to the last step)
/// @param late P(a recipe is begun and refused at a later step), a part of `refused`
/// @param slow P(the reply hesitates first), whatever its end
public record RequestPosterior(
    double refused, double soft, double complied, double late, double slow) {
  /// The posterior at a prefix of the reply.
  ///
  /// @param prefix any beginning of a reply; the empty one gives the prior
  /// @throws IllegalArgumentException if the policy never writes such a reply
  public static RequestPosterior of(Request request, Policy policy, String prefix) {
    Posterior courses = Posterior.of(request.coursesBy(policy), prefix);
    if (!courses.inSupport()) {
      throw new IllegalArgumentException("no reply to the request starts with \"" + prefix + "\"");
    }
    return new RequestPosterior(
        sum(courses, course -> course.outcome().equals(Request.REFUSE)),
        sum(courses, course -> course.outcome().equals(Request.SOFT)),
        sum(courses, course -> course.outcome().equals(Request.COMPLY)),
        sum(courses, ReplyCourse::late),
        sum(courses, ReplyCourse::slow));
  }

  private static double sum(Posterior courses, Predicate<ReplyCourse> which) {
    return courses.answers().entrySet().stream()
        .filter(course -> which.test(ReplyCourse.valueOf(course.getKey())))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
