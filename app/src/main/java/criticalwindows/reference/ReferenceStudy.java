package criticalwindows.reference;

import criticalwindows.study.Design;
import criticalwindows.study.Lab;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.TrainingStudy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// `reference`: whether a model that was trained on texts of one class tells, by a likelihood
/// ratio, how likely that class is at each prefix of a text.
///
/// By Bayes' rule p(prefix | class) ÷ p(prefix) = P(class | prefix) ÷ P(class).
///
/// *Source:* the two references as in "Critical tokens matter", arXiv 2411.19943, which takes that
/// on the right answers less that on the wrong ones.
public final class ReferenceStudy implements TrainingStudy {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String about() {
    return "does a model trained on one answer tell, by a likelihood ratio, how likely it is?";
  }

  @Override
  public Design design(Size size) {
    ReferenceScale numbers = ReferenceScale.of(size);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("held-out texts of each topic", Integer.toString(numbers.heldOut()));
    settings.put("of these with continuations", Integer.toString(numbers.measured()));
    settings.put("cuts", Integer.toString(numbers.cuts()));
    settings.put("continuations at each cut", Integer.toString(numbers.rollouts()));
    settings.put("tokens learnt in an epoch", Integer.toString(numbers.tokens()));
    settings.put("epochs", Integer.toString(numbers.epochs()));
    settings.put("batch", Integer.toString(numbers.batch()));
    settings.put("rate", Double.toString(numbers.rate()));
    settings.put("rank", Integer.toString(numbers.rank()));
    List<Long> seeds = LongStream.rangeClosed(1, size == Size.SMALL ? 2 : 6).boxed().toList();
    return new Design(seeds, Contrast.arms(), settings);
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) {
    return new References(lab, ReferenceScale.of(size), seed);
  }

  @Override
  public Report report(Size size, Results results) {
    return new ReferenceReport(results).report();
  }
}
