package criticalwindows.torch;

import criticalwindows.finetune.AdamW;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// AdamW on a list of parameters.
final class Optimiser {
  private final List<Trained> parameters;
  private long steps;

  Optimiser(List<Trained> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  long steps() {
    return steps;
  }

  void steps(long taken) {
    steps = taken;
  }

  /// One step, by the gradients that were summed, which are forgotten then.
  ///
  /// @return their norm before it was clipped; where it is not finite nothing is changed
  double step(AdamW.Step step) {
    double norm = norm();
    if (Double.isFinite(norm)) {
      steps++;
      double clip = step.settings().clip();
      double factor = norm > clip ? clip / norm : 1;
      parameters.forEach(parameter -> change(parameter, step, factor));
    }
    parameters.forEach(Optimiser::forget);
    return norm;
  }

  private static void forget(Trained parameter) {
    try (PointerScope _ = new PointerScope()) {
      parameter.forget();
    }
  }

  private double norm() {
    double sum = 0;
    for (Trained parameter : parameters) {
      try (PointerScope _ = new PointerScope()) {
        double own = parameter.gradient().map(g -> g.norm().item_double()).orElse(0.0);
        sum += own * own;
      }
    }
    return Math.sqrt(sum);
  }

  private void change(Trained parameter, AdamW.Step step, double factor) {
    AdamW settings = step.settings();
    double rate = step.learningRate();
    double first = 1 - Math.pow(settings.beta1(), (double) steps);
    double second = 1 - Math.pow(settings.beta2(), (double) steps);
    try (PointerScope _ = new PointerScope()) {
      Tensor value = parameter.value().detach();
      Tensor mean = parameter.mean().mul_(Torch.scalar(settings.beta1()));
      Tensor square = parameter.square().mul_(Torch.scalar(settings.beta2()));
      parameter
          .gradient()
          .ifPresent(
              gradient -> {
                if (factor != 1) {
                  gradient.mul_(Torch.scalar(factor));
                }
                mean.add_(gradient, Torch.scalar(1 - settings.beta1()));
                square.addcmul_(gradient, gradient, Torch.scalar(1 - settings.beta2()));
              });
      if (parameter.decays()) {
        value.mul_(Torch.scalar(1 - rate * settings.weightDecay()));
      }
      Tensor size = square.sqrt().div_(Torch.scalar(Math.sqrt(second)));
      size.add_(Torch.scalar(settings.epsilon()));
      value.addcdiv_(mean, size, Torch.scalar(-rate / first));
    }
  }
}
