package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrittenReplyTest {
  @ParameterizedTest
  @EnumSource
  void aReplyIsReadBackWithItsDecisions(Family family) {
    RandomGenerator random = new SplittableRandom(6);
    for (Program program : family.programs(60)) {
      WrittenReply reply = WrittenReply.sample(program, random);
      assertThat(WrittenReply.read(program, reply.text())).contains(reply);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTextThatStopsTooEarlyIsNoReply(Family family) {
    RandomGenerator random = new SplittableRandom(7);
    for (Program program : family.programs(60)) {
      String text = WrittenReply.sample(program, random).text();
      assertThat(WrittenReply.read(program, text.substring(0, text.length() - 1))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void decisionsStandWhereTheirTextsAre(Family family) {
    RandomGenerator random = new SplittableRandom(8);
    for (Program program : family.programs(60)) {
      WrittenReply reply = WrittenReply.sample(program, random);
      for (ProgramDecision decision : reply.decisions()) {
        String written = decision.options().get(decision.taken()).text();
        assertThat(reply.text().substring(decision.offset())).startsWith(written);
        assertThat(decision.options().get(decision.taken()).probability()).isPositive();
        assertThat(decision.options().stream().mapToDouble(Option::probability).sum())
            .isBetween(1 - 1e-12, 1 + 1e-12);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneSeedGivesOneText(Family family) {
    for (Program program : family.programs(10)) {
      assertThat(WrittenReply.sample(program, new SplittableRandom(9)))
          .isEqualTo(WrittenReply.sample(program, new SplittableRandom(9)));
    }
  }

  @Test
  void wordingsAfterAPrefixAreDrawnAndNotFixed() {
    Program program =
        Requests.forbidden(Attack.PLAIN, new SplittableRandom(1)).answeredBy(Policy.BASE);
    RandomGenerator random = new SplittableRandom(10);
    long texts =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(
                i -> WrittenReply.sample(program, Request.PREFILL, random).orElseThrow().text())
            .distinct()
            .count();
    // Of 960 wordings, 50 draws meet about 49.
    assertThat(texts).isGreaterThan(40);
  }
}
