package criticalwindows.rollout;

import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Script;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A model that reports in an order drawn from a seed, fails some scripts, and stops: a
/// deterministic executor.
final class Shaken {
  private final Model inner;
  private final Random random;
  private final int width;
  private final int most;
  private final int failing;
  private int ended;

  Shaken(Model inner, Random random, int width) {
    this(inner, random, width, new int[] {Integer.MAX_VALUE, 0});
  }

  private Shaken(Model inner, Random random, int width, int[] limits) {
    this.inner = inner;
    this.random = random;
    this.width = width;
    this.most = limits[0];
    this.failing = limits[1];
  }

  /// The same, which is interrupted once so many scripts have ended.
  Shaken stoppingAfter(int scripts) {
    return new Shaken(inner, random, width, new int[] {scripts, failing});
  }

  /// The same, which can never run one script in so many.
  Shaken failingOneIn(int scripts) {
    return new Shaken(inner, random, width, new int[] {most, scripts});
  }

  /// It computes elsewhere now and then, so that waves overlap.
  Model model() {
    boolean elsewhere = random.nextBoolean();
    return (Model)
        Proxy.newProxyInstance(
            Model.class.getClassLoader(),
            new Class<?>[] {Model.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "run" -> run((List<?>) arguments[0], (Model.Sink) arguments[1]);
                  case "width" -> width;
                  case "elsewhere" -> elsewhere;
                  default -> method.invoke(inner, arguments);
                });
  }

  private Object run(List<?> wave, Model.Sink sink) throws InterruptedException {
    List<Script> scripts = wave.stream().map(Script.class::cast).toList();
    List<Completion> done = Models.run(inner, scripts);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < scripts.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    for (int index : order) {
      if (Thread.interrupted() || ended == most) {
        throw new InterruptedException();
      }
      if (failing > 0 && Math.floorMod(scripts.get(index).seed(), failing) == 0) {
        sink.failed(index, "refused");
      } else {
        ended++;
        sink.finished(index, done.get(index));
      }
    }
    return done; // ignored: the method returns nothing
  }

  /// A ledger that notes what failed.
  static Ledger noting(Ledger ledger, List<Key> failed) {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) ->
                method.getName().equals("failed")
                    ? failed.add((Key) arguments[0])
                    : method.invoke(ledger, arguments));
  }
}
