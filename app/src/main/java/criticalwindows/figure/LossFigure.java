package criticalwindows.figure;

import criticalwindows.drawing.Ink;
import criticalwindows.finetune.HeldOutLoss;
import criticalwindows.finetune.LossRow;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The loss along a training: of each step's batch, and of the held-out items.
public final class LossFigure {
  private static final int PLACES = 200;
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.SERIES,
          FigureColumn.STEP,
          FigureColumn.LOSS,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private LossFigure() {}

  /// @param losses of all steps, at least one
  /// @param heldOut where it was measured, in order
  public static Figure of(String objective, List<LossRow> losses, List<HeldOutLoss> heldOut) {
    int steps = losses.getLast().step();
    Interval values = range(losses, heldOut);
    Sheet.Head head =
        new Sheet.Head(
            "loss by step: " + objective,
            "1: the loss of each step's batch, before the step; where there are many steps, means"
                + " of neighbours. 2: the loss of held-out items, each counting the same, with 95 %"
                + " intervals over items.");
    Sheet sheet = Sheet.of(head, 1, 1, 640);
    Panel panel = sheet.panel(0);
    panel.frame("loss", values);
    TreeMap<Double, Integer> ticks = new TreeMap<>();
    Stream.of(0, steps / 2, steps).forEach(step -> ticks.put((double) step / steps, step));
    panel.counts("steps", ticks);
    panel.dashes(batches(losses, steps, values), Ink.of(0));
    panel.curve(heldOut.stream().map(loss -> value(loss, steps, values)).toList(), Ink.of(1));
    sheet.legend(panel, List.of("1: batch", "2: held out"), 2);
    return new Figure("loss", sheet.drawing(), COLUMNS, rows(losses, heldOut));
  }

  private static Interval range(List<LossRow> losses, List<HeldOutLoss> heldOut) {
    double[] all =
        Stream.concat(
                losses.stream().map(LossRow::loss),
                heldOut.stream()
                    .flatMap(loss -> Stream.of(loss.interval().low(), loss.interval().high())))
            .mapToDouble(loss -> loss)
            .sorted()
            .toArray();
    double most = all[all.length - 1];
    return new Interval(Math.min(0, all[0]), Math.max(most, 1e-6));
  }

  private static List<Panel.Value> batches(List<LossRow> losses, int steps, Interval values) {
    int wide = Math.ceilDiv(losses.size(), PLACES);
    List<Panel.Value> drawn = new ArrayList<>();
    for (int from = 0; from < losses.size(); from += wide) {
      List<LossRow> some = losses.subList(from, Math.min(from + wide, losses.size()));
      double loss = some.stream().mapToDouble(LossRow::loss).average().orElseThrow();
      double step = some.stream().mapToInt(LossRow::step).average().orElseThrow();
      double y = share(loss, values);
      drawn.add(new Panel.Value((step - 1) / steps, y, new Interval(y, y)));
    }
    return drawn;
  }

  private static Panel.Value value(HeldOutLoss loss, int steps, Interval values) {
    Interval interval =
        new Interval(share(loss.interval().low(), values), share(loss.interval().high(), values));
    return new Panel.Value((double) loss.step() / steps, share(loss.mean(), values), interval);
  }

  private static double share(double loss, Interval values) {
    return (loss - values.low()) / values.width();
  }

  private static List<List<String>> rows(List<LossRow> losses, List<HeldOutLoss> heldOut) {
    List<List<String>> rows = new ArrayList<>();
    for (LossRow row : losses) {
      rows.add(List.of("batch", Integer.toString(row.step()), Sheet.number(row.loss()), "", ""));
    }
    for (HeldOutLoss loss : heldOut) {
      rows.add(
          List.of(
              "held out",
              Integer.toString(loss.step()),
              Sheet.number(loss.mean()),
              Sheet.number(loss.interval().low()),
              Sheet.number(loss.interval().high())));
    }
    return rows;
  }
}
