package criticalwindows.remote;

import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// The least that calls can cost: one body, sent again and again by the JDK's client, 256 at once,
/// and nothing read of the answers. What our way costs is told beside it.
public final class BareCalls {
  private static final int AT_ONCE = 256;

  private BareCalls() {}

  /// Calls a second.
  ///
  /// @param tokens to sample in each
  /// @param calls how many
  public static double rate(URI server, Tokens prompt, int tokens, int calls)
      throws InterruptedException {
    Step.Sample step = new Step.Sample(Sampling.PLAIN, tokens, Set.of());
    byte[] body =
        new CompletionCall("stub", prompt, step, 1, 1, CompletionCall.Extras.NONE)
            .json(Dialect.FULL, Set.of());
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(Dialect.COMPLETIONS))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    Semaphore places = new Semaphore(AT_ONCE);
    LongAdder bytes = new LongAdder();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build()) {
      for (int i = 0; i < calls; i++) {
        places.acquire();
        CompletableFuture<Void> _ =
            client
                .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .handle(
                    (response, thrown) -> {
                      bytes.add(thrown == null ? response.body().length : 0);
                      places.release();
                      return null;
                    });
      }
      places.acquire(AT_ONCE);
    }
    if (bytes.sum() == 0) {
      throw new IllegalStateException("no call was answered");
    }
    return calls * 1e9 / (System.nanoTime() - began);
  }
}
