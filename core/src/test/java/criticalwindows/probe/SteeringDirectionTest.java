package criticalwindows.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SteeringDirectionTest {
  @Test
  void isAsLongAsActivationsVaryAlongIt() {
    // Along (.6, .8) these are 0, 5 and 10, whose standard deviation is 5.
    float[][] vectors = {{0, 0}, {3, 4}, {6, 8}};
    SteeringDirection direction = SteeringDirection.of(new double[] {6, 8}, vectors);
    assertThat(direction.deviation()).isEqualTo(5);
    assertThat(direction.vector()).containsExactly(3, 4);
  }

  @Test
  void onlyTheDirectionOfTheWeightsCounts() {
    float[][] vectors = {{1, 7}, {-2, 3}, {4, -5}};
    assertThat(SteeringDirection.of(new double[] {1, -2}, vectors).vector())
        .containsExactly(
            SteeringDirection.of(new double[] {100, -200}, vectors).vector(),
            org.assertj.core.data.Offset.offset(1e-6f));
  }

  @Test
  void whatHasNoDirectionIsRefused() {
    float[][] vectors = {{1, 7}, {-2, 3}};
    assertThatThrownBy(() -> SteeringDirection.of(new double[] {0, 0}, vectors))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> SteeringDirection.of(new double[] {1, 0}, new float[][] {{1, 7}, {1, 3}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
