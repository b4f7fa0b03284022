package criticalwindows.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MajorityTest {
  private static final Answer A = new Answer.Label("A");
  private static final Answer B = new Answer.Label("B");
  private static final Answer UNREAD = new Answer.Unread("empty");

  @Test
  void mostVotesWin() {
    assertThat(Majority.of(List.of(A, B, B))).contains(B);
  }

  @Test
  void ofEquallyManyTheFirstSeenWins() {
    assertThat(Majority.of(List.of(B, A, A, B))).contains(B);
    assertThat(Majority.of(List.of(A, B, B, A))).contains(A);
  }

  @Test
  void whatIsNoAnswerHasNoVote() {
    assertThat(Majority.of(List.of(UNREAD, UNREAD, new Answer.CutOff(), new Answer.Refused(), B)))
        .contains(B);
    assertThat(Majority.of(List.of(UNREAD, UNREAD))).isEmpty();
    assertThat(Majority.of(List.of())).isEmpty();
  }

  @Test
  void equalValuesVoteTogether() {
    Answer half = Grader.STANDARD.form("1/2");
    Answer same = Grader.STANDARD.form("\\frac{2}{4}");
    Answer other = Grader.STANDARD.form("3");
    assertThat(Majority.of(List.of(other, half, same))).contains(half);
  }
}
