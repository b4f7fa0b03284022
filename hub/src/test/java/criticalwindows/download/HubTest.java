package criticalwindows.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The hub's client against a server that behaves like a hub, on this machine.
final class HubTest {
  private static final HubFile FILE =
      new HubFile("owner/set", HubFile.MAIN, "all/test-00000-of-00001.parquet");
  private static final String SECRET = "hf_thisIsTheSecret";

  @TempDir private Path home;
  private final byte[] content = noise();
  private final FakeHub server = new FakeHub(content);
  private final List<Duration> waits = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();

  HubTest() {
    environment.put("HF_ENDPOINT", server.endpoint() + "/");
    environment.put("HF_TOKEN", SECRET);
  }

  private static byte[] noise() {
    byte[] bytes = new byte[300_000];
    new SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Hub hub() {
    return new Hub(HubSettings.of(environment, home), (time, why) -> waits.add(time));
  }

  private Path repository() {
    return home.resolve(".cache/huggingface/hub/datasets--owner--set");
  }

  private UserError refused(HubFile file) {
    UserError failure = catchThrowableOfType(UserError.class, () -> hub().fetch(file));
    assertThat(failure).isNotNull();
    assertThat(failure + failure.hint()).doesNotContain(SECRET).doesNotContain("signature");
    return failure;
  }

  @Test
  void aFileLiesInTheCacheAsPythonToolsPutIt() throws IOException {
    Fetched fetched = hub().fetch(FILE);
    Path snapshot = repository().resolve("snapshots").resolve(FakeHub.COMMIT).resolve(FILE.path());
    assertThat(fetched.path()).isEqualTo(snapshot).hasBinaryContent(content);
    assertThat(fetched.file()).isEqualTo(FILE.at(FakeHub.COMMIT));
    assertThat(fetched.sha256()).hasSize(64);
    assertThat(Files.readSymbolicLink(snapshot))
        .isEqualTo(Path.of("../../../blobs", fetched.sha256()));
    assertThat(repository().resolve("refs/main")).hasContent(FakeHub.COMMIT);
    assertThat(names(repository().resolve("blobs"))).containsExactly(fetched.sha256());
    assertThat(names(snapshot.resolveSibling("."))).containsExactly("test-00000-of-00001.parquet");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void whatIsInTheCacheIsNotFetchedAgain() {
    Fetched first = hub().fetch(FILE);
    assertThat(hub().fetch(FILE)).isEqualTo(first);
    assertThat(server.asked("HEAD")).hasSize(2);
    assertThat(server.asked("GET")).hasSize(2);
    assertThat(hub().fetch(FILE.at(FakeHub.COMMIT))).isEqualTo(first);
    assertThat(server.asked("HEAD")).hasSize(2);
  }

  @Test
  void aBranchThatMovedOnGivesTheNewFileAndKeepsTheOld() {
    Fetched old = hub().fetch(FILE);
    server.commit = "f".repeat(40);
    server.content = "new".getBytes(StandardCharsets.UTF_8);
    Fetched fetched = hub().fetch(FILE);
    assertThat(fetched.path()).hasContent("new");
    assertThat(fetched.file().revision()).isEqualTo("f".repeat(40));
    assertThat(old.path()).hasBinaryContent(content);
  }

  @Test
  void theTokenGoesToTheHubAndNoFurther() {
    hub().fetch(FILE);
    assertThat(server.asked()).extracting(FakeHub.Asked::server).contains("hub", "storage");
    for (FakeHub.Asked asked : server.asked()) {
      assertThat(asked.token()).isEqualTo(asked.server().equals("hub") ? "Bearer " + SECRET : "");
    }
    assertThat(hub().toString()).doesNotContain(SECRET);
  }

  @Test
  void aRepositoryThatWasRenamedIsFollowed() {
    String renamed = "/datasets/new/set/resolve/main/" + FILE.path();
    server.heads.add(FakeHub.status(307, "Location", renamed));
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    assertThat(server.asked("HEAD")).hasSize(2);
    assertThat(server.asked("HEAD").getLast().path()).isEqualTo(renamed);
    assertThat(server.asked("HEAD").getLast().token()).isNotEmpty();
  }

  @Test
  void aBranchWithASlashIsAskedForAndKeptAsPythonToolsDo() {
    hub().fetch(FILE.at("refs/convert/parquet"));
    assertThat(server.asked().getFirst().path())
        .contains("/resolve/refs%2Fconvert%2Fparquet/all/test");
    assertThat(repository().resolve("refs/refs/convert/parquet")).hasContent(FakeHub.COMMIT);
  }

  @Test
  void aTransferThatBrokeOffGoesOnWhereItWas() {
    server.gets.add(server.broken(100_000));
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    List<String> ranges =
        server.asked("GET").stream()
            .filter(asked -> asked.server().equals("storage"))
            .map(FakeHub.Asked::range)
            .toList();
    assertThat(ranges).hasSize(2);
    assertThat(ranges.getFirst()).isEmpty();
    assertThat(ranges.getLast()).matches("bytes=[1-9][0-9]*-");
  }

  @Test
  void whatAnEarlierProcessLeftIsGoneOnWith() throws IOException {
    String hash = hub().fetch(FILE).sha256();
    Path blob = repository().resolve("blobs").resolve(hash);
    byte[] part = java.util.Arrays.copyOf(content, 1234);
    Files.write(repository().resolve("blobs").resolve(hash + ".incomplete"), part);
    Files.delete(blob);
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    assertThat(server.asked("GET").getLast().range()).isEqualTo("bytes=1234-");
  }

  @Test
  void aServerWithoutRangesIsReadFromTheBeginning() {
    server.gets.add(server.broken(100_000));
    server.gets.add(server.whole());
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
  }

  @Test
  void aRangeThatTheServerDoesNotHaveIsForgotten() {
    server.gets.add(server.broken(100_000));
    server.gets.add(FakeHub.status(416));
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    assertThat(server.asked("GET").getLast().range()).isEmpty();
  }

  @Test
  void aTransferThatKeepsBreakingEndsInTheEnd() {
    for (int i = 0; i < 5; i++) {
      server.gets.add(server.broken(0));
    }
    assertThat(refused(FILE)).hasMessageStartingWith("the hub localhost cannot be used: ");
    assertThat(waits).containsExactly(seconds(1), seconds(2), seconds(4), seconds(8));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void aHubThatIsBusyIsAskedAgainWhenItSaysSo() {
    server.heads.add(FakeHub.status(429, "Retry-After", "7"));
    server.heads.add(FakeHub.status(503));
    server.gets.add(FakeHub.status(429, "Retry-After", "3"));
    server.gets.add(FakeHub.status(500));
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    assertThat(waits).containsExactly(seconds(7), seconds(2), seconds(3), seconds(2));
  }

  @Test
  void aDateToWaitForIsMeasuredByTheServersClock() {
    server.heads.add(
        FakeHub.status(
            429,
            "Retry-After",
            java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC).plusSeconds(60))));
    hub().fetch(FILE);
    assertThat(waits)
        .singleElement()
        .satisfies(wait -> assertThat(wait).isBetween(seconds(50), seconds(61)));
  }

  @Test
  void whatMakesNoSenseToWaitForIsNotWaitedFor() {
    server.heads.add(FakeHub.status(408, "Retry-After", "-7"));
    server.heads.add(FakeHub.status(425, "Retry-After", "soon"));
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    assertThat(waits).containsExactly(seconds(1), seconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"301", "3600", "99999999999"})
  void aHubThatWantsALongTimeIsNotWaitedFor(String after) {
    server.heads.add(FakeHub.status(429, "Retry-After", after));
    UserError failure = refused(FILE);
    assertThat(failure).hasMessage("the hub asks to be left alone for " + after + " seconds");
    assertThat(failure.hint()).startsWith("try again after that");
    assertThat(waits).isEmpty();
  }

  @Test
  void contentThatIsNotWhatTheHubSaysIsFetchedAgainAndThenRefused() throws IOException {
    String wrong = "x".repeat(content.length);
    server.gets.add(FakeHub.bytes(wrong));
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    server.commit = "e".repeat(40);
    server.content[0] ^= 1;
    server.gets.add(FakeHub.bytes(wrong));
    server.gets.add(FakeHub.bytes(wrong));
    assertThat(refused(FILE)).hasMessageContaining("does not have the hash that it names");
    assertThat(names(repository().resolve("blobs"))).hasSize(1);
  }

  @Test
  void aServerThatSendsMoreThanItSaidIsNotListenedTo() {
    server.gets.add(FakeHub.bytes("x".repeat(content.length + 1000)));
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
  }

  @Test
  void aCommitIsThatOrNothing() {
    UserError failure = refused(FILE.at("a".repeat(40)));
    assertThat(failure)
        .hasMessageContaining(
            "localhost gives the commit " + FakeHub.COMMIT + " in place of hf://");
    assertThat(failure.hint()).contains("HF_ENDPOINT");
    assertThat(repository()).doesNotExist();
  }

  @Test
  void aSizeThatNoFileHasIsRefusedBeforeAnythingIsKept() {
    server.heads.add(
        FakeHub.status(
            200,
            "X-Repo-Commit",
            FakeHub.COMMIT,
            "ETag",
            "abc",
            "X-Linked-Size",
            String.valueOf((1L << 30) + 1)));
    UserError failure = refused(FILE);
    assertThat(failure).hasMessageContaining("has 1073741825 bytes");
    assertThat(failure.hint()).contains("name the file on this machine");
    assertThat(repository()).doesNotExist();
  }

  @Test
  void aTransferThatDripsEndsThoughItIsNeverSilent() {
    AtomicLong clock = new AtomicLong();
    Hub slow =
        new Hub(
            HubSettings.of(environment, home),
            new HubWait() {
              @Override
              public void await(Duration time, String why) {
                waits.add(time);
              }

              @Override
              public long nanos() {
                return clock.addAndGet(Duration.ofMinutes(1).toNanos());
              }
            });
    for (int i = 0; i < 100; i++) {
      server.gets.add(server.broken(1 + i));
    }
    UserError failure = catchThrowableOfType(UserError.class, () -> slow.fetch(FILE));
    assertThat(failure).hasMessageContaining("it sends less than 16 KiB a second");
    assertThat(failure.hint()).contains("what has been fetched of", "is kept");
    assertThat(server.gets).hasSizeGreaterThan(90);
  }

  @Test
  void anAnswerThatNeverBeginsEnds() {
    CountDownLatch end = new CountDownLatch(1);
    server.heads.add(
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Hub waiting =
        new Hub(
            HubSettings.of(environment, home),
            new HubWait() {
              @Override
              public void await(Duration time, String why) {
                waits.add(time);
                end.countDown();
              }

              @Override
              public Duration longest() {
                return Duration.ofMillis(200);
              }
            });
    assertThat(waiting.fetch(FILE).path()).hasBinaryContent(content);
    assertThat(waits).hasSize(1);
  }

  @Test
  void theCachesFilesCanBeReadByWhomThisUserLetsRead() throws IOException {
    Path plain = Files.writeString(home.resolve("plain"), "as any file");
    Fetched fetched = hub().fetch(FILE);
    for (Path file :
        List.of(
            fetched.path().toRealPath(),
            repository().resolve("refs/main"),
            repository().resolveSibling(".locks/datasets--owner--set"))) {
      boolean folder = Files.isDirectory(file);
      assertThat(Files.getPosixFilePermissions(file).contains(PosixFilePermission.GROUP_READ))
          .as(file.toString())
          .isEqualTo(
              Files.getPosixFilePermissions(folder ? home.resolve(".cache") : plain)
                  .contains(PosixFilePermission.GROUP_READ));
    }
  }

  @Test
  void aLinkOfTheCacheThatLeadsOutOfItIsNotTaken() throws IOException {
    Path outside = Files.writeString(home.resolve("outside"), "of another folder");
    Fetched fetched = hub().fetch(FILE);
    Path etag = home.resolve(Digests.sha256(outside));
    Files.move(outside, etag);
    Files.delete(fetched.path());
    Files.createSymbolicLink(fetched.path(), etag);
    assertThat(hub().fetch(fetched.file()).path()).hasBinaryContent(content);
    Files.delete(fetched.path());
    Files.createSymbolicLink(fetched.path(), etag);
    environment.put("HF_HUB_OFFLINE", "1");
    assertThat(refused(fetched.file())).hasMessageContaining("is not in the cache");
  }

  @Test
  void aDraftThatIsALinkIsNotWrittenThrough() throws IOException {
    Path outside = Files.writeString(home.resolve("outside"), "mine");
    String etag = hub().fetch(FILE).sha256();
    Path blobs = repository().resolve("blobs");
    Files.delete(blobs.resolve(etag));
    Files.createSymbolicLink(blobs.resolve(etag + ".incomplete"), outside);
    assertThat(hub().fetch(FILE).path()).hasBinaryContent(content);
    assertThat(outside).hasContent("mine");
  }

  @Test
  void anEndpointWithAPasswordIsRefusedUnseen() {
    for (String endpoint :
        List.of("https://me:" + SECRET + "@hub.example", "htp://me:" + SECRET + "@hub", "@@")) {
      environment.put("HF_ENDPOINT", endpoint);
      UserError failure = refused(FILE);
      assertThat(failure).hasMessage("HF_ENDPOINT has a name and a password in it");
      assertThat(failure.hint()).contains("HF_TOKEN");
    }
  }

  @Test
  void aSmallFileIsCheckedByItsNameInGit() {
    // The object name of "hello\n", as git hash-object gives it.
    String name = "ce013625030ba8dba906f756967f9e9ca394464a";
    for (String text : List.of("hello\n", "hullo\n", "hullo\n")) {
      server.gets.add(FakeHub.bytes(text));
    }
    FakeHub.Answer small =
        FakeHub.status(
            302,
            "ETag",
            "W/\"" + name + "\"",
            "X-Linked-Size",
            "6",
            "X-Repo-Commit",
            FakeHub.COMMIT,
            "Location",
            server.storageEndpoint() + "/small");
    server.heads.add(small);
    assertThat(hub().fetch(FILE).path()).hasContent("hello\n");
    server.heads.add(small);
    HubFile other = new HubFile("owner/other", HubFile.MAIN, "a.json");
    assertThat(refused(other)).hasMessageContaining("hash");
  }

  @Test
  void aDamagedBlobIsFetchedAgain() throws IOException {
    Path blob = hub().fetch(FILE).path().toRealPath();
    byte[] damaged = content.clone();
    damaged[7] ^= 1;
    Files.write(blob, damaged);
    environment.put("HF_HUB_OFFLINE", "1");
    assertThat(refused(FILE)).hasMessageContaining("is not in the cache");
    environment.remove("HF_HUB_OFFLINE");
    assertThat(hub().fetch(FILE.at(FakeHub.COMMIT)).path()).hasBinaryContent(content);
  }

  @Test
  void offlineTheCacheIsAllThereIs() {
    environment.put("HF_HUB_OFFLINE", "true");
    UserError failure = refused(FILE);
    assertThat(failure).hasMessageStartingWith(FILE + " is not in the cache ");
    assertThat(failure).hasMessageEndingWith("and HF_HUB_OFFLINE is set");
    assertThat(failure.hint()).startsWith("unset it once");
    environment.remove("HF_HUB_OFFLINE");
    Fetched online = hub().fetch(FILE);
    int before = server.asked().size();
    environment.put("HF_HUB_OFFLINE", "1");
    assertThat(hub().fetch(FILE)).isEqualTo(online);
    assertThat(server.asked()).hasSize(before);
  }

  @Test
  void withoutAHubTheCacheServesAndSaysSo() {
    Fetched online = hub().fetch(FILE);
    server.close();
    Fetched cached = hub().fetch(FILE);
    assertThat(cached.path()).isEqualTo(online.path());
    assertThat(cached.notes())
        .singleElement()
        .asString()
        .contains("the hub localhost cannot be used", "is taken from the cache");
    assertThat(waits).isEmpty();
    HubFile other = new HubFile("owner/set", HubFile.MAIN, "other.json");
    UserError failure = refused(other);
    assertThat(failure).hasMessageStartingWith("the hub localhost cannot be used: ");
    assertThat(failure.hint()).startsWith("check the network and HF_ENDPOINT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | GatedRepo | to those only whom its owner lets in | then set HF_TOKEN",
        "403 | GatedRepo | to those only whom its owner lets in | then set HF_TOKEN",
        "401 | RepoNotFound | no such data set, or it is private | HF_TOKEN",
        "403 | '' | the token does not allow it | HF_TOKEN",
        "404 | RepoNotFound | no such data set, or it is private | check the address",
        "404 | EntryNotFound | the hub has no file all/test-00000 | check the address",
        "404 | RevisionNotFound | the hub has no revision main | a branch, a tag or a commit",
        "418 | '' | 00001.parquet (418) | check the address",
      })
  void whatTheHubRefusesIsSaidWithItsReason(int status, String code, String error, String hint) {
    server.heads.add(FakeHub.status(status, "X-Error-Code", code));
    UserError failure = refused(FILE);
    assertThat(failure).hasMessageContaining(error);
    assertThat(failure.hint()).contains(hint);
    assertThat(server.asked("GET")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "../../../etc/passwd, 0123456789abcdef0123456789abcdef01234567, 10",
    ".., 0123456789abcdef0123456789abcdef01234567, 10",
    "abc, ../../refs, 10",
    "abc, 0123456789abcdef0123456789abcdef01234567, -1",
    "abc, 0123456789abcdef0123456789abcdef01234567, many",
    "'', 0123456789abcdef0123456789abcdef01234567, 10",
  })
  void whatAServerSaysNamesNoFileOutsideTheCache(String etag, String commit, String size) {
    server.heads.add(
        FakeHub.status(
            302,
            "ETag",
            etag,
            "X-Repo-Commit",
            commit,
            "X-Linked-Size",
            size,
            "Location",
            "/elsewhere"));
    server.heads.add(
        FakeHub.status(200, "ETag", etag, "X-Repo-Commit", commit, "X-Linked-Size", size));
    assertThat(refused(FILE)).hasMessageContaining("does not answer as a hub does");
    assertThat(repository()).doesNotExist();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Path taken = Files.writeString(home.resolve("taken"), "");
    environment.put("HF_HUB_CACHE", taken.toString());
    UserError failure = refused(FILE);
    assertThat(failure).hasMessageContaining("the cache " + taken + " cannot be used");
    assertThat(failure.hint()).contains("HF_HUB_CACHE");
  }

  @Test
  void aTokenThatNoHeaderCanHoldIsRefusedUnseen() {
    environment.put("HF_TOKEN", SECRET + "\nX: y");
    assertThat(refused(FILE)).hasMessageStartingWith("HF_TOKEN cannot be sent");
  }

  @Test
  void theEnvironmentIsReadAsPythonToolsReadIt() {
    Path cache = HubSettings.of(Map.of(), home).cache();
    assertThat(cache).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x"), home).cache())
        .isEqualTo(Path.of("/x/huggingface/hub"));
    Map<String, String> own = Map.of("HF_HOME", "~/hf", "XDG_CACHE_HOME", "/x");
    assertThat(HubSettings.of(own, home).cache()).isEqualTo(home.resolve("hf/hub"));
    Map<String, String> both = Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "/c");
    assertThat(HubSettings.of(both, home).cache()).isEqualTo(Path.of("/c"));
    assertThat(HubSettings.of(Map.of(), home).endpoint()).hasToString("https://huggingface.co");
    assertThat(HubSettings.of(Map.of("HF_TOKEN", " "), home).token()).isEmpty();
    for (String yes : List.of("1", "on", "YES", "true")) {
      assertThat(HubSettings.of(Map.of("HF_HUB_OFFLINE", yes), home).access())
          .isEqualTo(HubSettings.Access.OFFLINE);
    }
    assertThat(HubSettings.of(Map.of("HF_HUB_OFFLINE", "0"), home).access())
        .isEqualTo(HubSettings.Access.ONLINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub", "ftp://hub", "http://", "http://a b"})
  void anEndpointThatIsNoneIsRefused(String endpoint) {
    environment.put("HF_ENDPOINT", endpoint);
    UserError failure = catchThrowableOfType(UserError.class, this::hub);
    assertThat(failure).hasMessage("HF_ENDPOINT " + endpoint + " is no address of a hub");
    assertThat(failure.hint()).contains("https://huggingface.co");
  }

  @Test
  void anAddressIsReadAndWrittenAsPythonToolsDo() {
    HubFile plain = HubFile.parse("hf://datasets/cais/mmlu/all/test.parquet");
    assertThat(plain).isEqualTo(new HubFile("cais/mmlu", "main", "all/test.parquet"));
    String pinned = "hf://datasets/a/b@refs%2Fconvert%2Fparquet/default/test/0000.parquet";
    HubFile file = HubFile.parse(pinned);
    assertThat(file.revision()).isEqualTo("refs/convert/parquet");
    assertThat(file.address()).isEqualTo(pinned);
    assertThat(plain.address()).isEqualTo("hf://datasets/cais/mmlu/all/test.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf://datasets/mmlu",
        "hf://models/a/b/c",
        "hf://datasets/a/b/../../c",
        "hf://datasets/a/b@../c/d",
        "hf://datasets/a/b/c d",
        "hf://datasets/../b/c",
      })
  void whatIsNoAddressIsRefused(String address) {
    UserError failure = catchThrowableOfType(UserError.class, () -> HubFile.parse(address));
    assertThat(failure).hasMessageContaining(address);
    assertThat(failure.hint()).startsWith("write hf://datasets/OWNER/NAME/PATH");
  }
}
