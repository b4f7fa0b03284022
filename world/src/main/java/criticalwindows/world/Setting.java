package criticalwindows.world;

import java.util.List;

/// What a question with two methods is about, in numbers.
public sealed interface Setting {
  /// One of the two methods, carried out.
  ///
  /// @param choice the sentence that takes it
  /// @param working the sentences that follow from it
  /// @param result what it gives
  record Route(String choice, String working, int result) {}

  /// What is known, a sentence each.
  List<String> facts();

  /// The method that the cue's probabilities speak of.
  Route first();

  /// The other method.
  Route second();

  /// What something for a rectangle costs: by its perimeter, or by its area.
  ///
  /// @param thing the rectangle
  /// @param wish what is bought for it
  /// @param length in meters
  /// @param width in meters
  /// @param price dollars a unit
  record Rectangle(String name, String thing, String wish, int length, int width, int price)
      implements Setting {
    @Override
    public List<String> facts() {
      return List.of(
          " The " + thing + " is " + length + " meters long.",
          " It is " + width + " meters wide.",
          " Each unit costs " + price + " dollars.",
          " " + name + " wants " + wish + ".");
    }

    @Override
    public Route first() {
      int sum = length + width;
      String sides = " The sum of the sides is " + length + " + " + width + " = " + sum + ".";
      String twice = " Twice that is 2 * " + sum + " = " + 2 * sum + ".";
      return priced(" We use the perimeter, because we go around it.", sides + twice, 2 * sum);
    }

    @Override
    public Route second() {
      int area = length * width;
      return priced(
          " We use the area, because we cover all of it.",
          " The area is " + length + " * " + width + " = " + area + ".",
          area);
    }

    private Route priced(String choice, String working, int units) {
      int cost = units * price;
      String total = " The total cost is " + units + " * " + price + " = " + cost + ".";
      return new Route(choice, working + total, cost);
    }
  }

  /// A later number of a list: by adding, or by multiplying.
  ///
  /// @param start the first number
  /// @param factor of the second number to the first
  /// @param place of the number that is asked for, counted from 1, at least 3
  record Sequence(int start, int factor, int place) implements Setting {
    @Override
    public List<String> facts() {
      return List.of(
          " The first number is " + start + ".",
          " The second number is " + next() + ".",
          " We need number " + place + " of the list.");
    }

    @Override
    public Route first() {
      int step = next() - start;
      StringBuilder working = new StringBuilder();
      int value = next();
      for (int i = 3; i <= place; i++) {
        working.append(line(i, value + " + " + step, value + step));
        value += step;
      }
      String sum = start + " + " + step + " = " + next() + ".";
      return new Route(" We add " + step + " each time, as " + sum, working.toString(), value);
    }

    @Override
    public Route second() {
      StringBuilder working = new StringBuilder();
      int value = next();
      for (int i = 3; i <= place; i++) {
        working.append(line(i, value + " * " + factor, value * factor));
        value *= factor;
      }
      String product = start + " * " + factor + " = " + next() + ".";
      return new Route(
          " We multiply by " + factor + " each time, as " + product, working.toString(), value);
    }

    /// The second number of the list.
    int next() {
      return start * factor;
    }

    private static String line(int place, String term, int value) {
      return " Number " + place + " is " + term + " = " + value + ".";
    }
  }

  /// How many combinations are left: by multiplying, or by adding.
  ///
  /// @param ones how many of the one kind
  /// @param one the one kind
  /// @param others how many of the other kind
  /// @param other the other kind
  /// @param cue what a combination is called
  /// @param forbidden how many combinations are not allowed
  record Combinations(int ones, String one, int others, String other, Cue cue, int forbidden)
      implements Setting {
    @Override
    public List<String> facts() {
      return List.of(
          " There are " + ones + " " + one + ".",
          " There are " + others + " " + other + ".",
          " We also know that " + forbidden + " " + cue.word() + " are not allowed.");
    }

    @Override
    public Route first() {
      int product = ones * others;
      return remove(" We multiply, because every pair counts: " + ones + " * " + others, product);
    }

    @Override
    public Route second() {
      int sum = ones + others;
      return remove(" We add, because each item counts once: " + ones + " + " + others, sum);
    }

    private Route remove(String choice, int count) {
      int left = count - forbidden;
      String working = " We remove " + forbidden + ": " + count + " - " + forbidden + " = " + left;
      return new Route(choice + " = " + count + ".", working + ".", left);
    }
  }
}
