package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Every text that a program may write, each with its answer.
final class AllReplies implements ProgramSource {
  private final StringBuilder text = new StringBuilder();
  private final List<Integer> taken = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private int depth;

  private AllReplies() {}

  static void forEach(Program program, BiConsumer<String, String> each) {
    AllReplies all = new AllReplies();
    do {
      all.text.setLength(0);
      all.depth = 0;
      String answer = program.run(all);
      each.accept(all.text.toString(), answer);
    } while (all.next());
  }

  private boolean next() {
    int last = taken.size() - 1;
    while (last >= 0 && taken.get(last) == sizes.get(last) - 1) {
      taken.removeLast();
      sizes.removeLast();
      last--;
    }
    if (last >= 0) {
      taken.set(last, taken.get(last) + 1);
    }
    return last >= 0;
  }

  private int choice(int size) {
    if (depth == taken.size()) {
      taken.add(0);
      sizes.add(size);
    }
    return taken.get(depth++);
  }

  @Override
  public void write(String more) {
    text.append(more);
  }

  @Override
  public void surface(String... wordings) {
    text.append(wordings[choice(wordings.length)]);
  }

  @Override
  public int decide(String name, List<Option> options) {
    int choice = choice(options.size());
    text.append(options.get(choice).text());
    return choice;
  }
}
