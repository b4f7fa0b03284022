package criticalwindows.remote;

import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replies that a server writes, heard as they are written: `/v1/chat/completions` and
/// `/v1/completions` with `"stream": true`. No call is made again: what has been heard of a reply
/// would come twice.
public final class StreamedReplies implements AutoCloseable {
  /// Events that wait for whoever reads them; a server that is faster than that has to wait.
  private static final int WAITING = 256;

  private static final String CHAT = "/v1/chat/completions";
  private static final String ON = "the other replies go on; ask for this one again";

  private final Fleet fleet;
  private final Connection server;
  private final String model;
  private final int inFlight;
  private final int most;

  private StreamedReplies(Fleet fleet, String model, int inFlight, int most) {
    this.fleet = fleet;
    this.server = fleet.connections().getFirst();
    this.model = model;
    this.inFlight = inFlight;
    this.most = most;
  }

  /// What stands before a reply.
  public sealed interface Prompt {
    /// A conversation, whose last turn is not the assistant's.
    record Turns(List<Message> messages) implements Prompt {
      public Turns {
        messages = List.copyOf(messages);
      }
    }

    /// A text that the model goes on with.
    record Words(String text) implements Prompt {}

    /// Token ids of the served model.
    record Ids(Tokens ids) implements Prompt {}
  }

  /// A reply that is asked for.
  ///
  /// @param id of its own
  /// @param seed of which the server gets the half that every server takes
  public record Asked(String id, Prompt prompt, long seed) {}

  /// What is heard of a reply: pieces, and then one of the others.
  public sealed interface Event {
    /// The text that comes next.
    record Piece(String id, String text) implements Event {}

    /// It is whole.
    record Ended(String id) implements Event {}

    /// No more of it will come.
    ///
    /// @param reason for people, without the key
    /// @param hint what to do
    record Failed(String id, String reason, String hint) implements Event {}
  }

  /// Takes events.
  @FunctionalInterface
  public interface Sink {
    /// Takes the next one.
    void take(Event event) throws InterruptedException;
  }

  /// Asks a server which model it has.
  ///
  /// @param options whose first server is asked
  /// @param most tokens of a reply
  /// @throws criticalwindows.error.UserError if nobody answers, or there is no such model
  public static StreamedReplies open(RemoteOptions options, int most) throws InterruptedException {
    Fleet fleet = new Fleet(options.only(options.servers().getFirst()));
    try {
      Served served = Served.of(fleet.connections().getFirst(), options.servedModel());
      return new StreamedReplies(fleet, served.name(), options.load().inFlight(), most);
    } catch (InterruptedException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /// Has replies written, several at once, and hands on what is heard on the calling thread.
  public void hear(List<Asked> all, Sink sink) throws InterruptedException {
    BlockingQueue<Event> events = new ArrayBlockingQueue<>(WAITING);
    Queue<Asked> waiting = new ConcurrentLinkedQueue<>(all);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < Math.min(inFlight, all.size()); i++) {
          threads.execute(() -> work(waiting, events));
        }
        int open = all.size();
        while (open > 0) {
          Event event = events.take();
          open -= event instanceof Event.Piece ? 0 : 1;
          sink.take(event);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void work(Queue<Asked> waiting, BlockingQueue<Event> events) {
    try {
      for (Asked next = waiting.poll(); next != null; next = waiting.poll()) {
        events.put(last(next, events));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nobody listens any more.
    }
  }

  private Event last(Asked asked, BlockingQueue<Event> events) throws InterruptedException {
    try {
      hear(asked, events);
      return new Event.Ended(asked.id());
    } catch (CallFailure e) {
      String hint = e.kind() == CallFailure.Kind.FORBIDDEN ? e.hint() : ON;
      return new Event.Failed(asked.id(), e.reason(), hint);
    } catch (RuntimeException e) {
      return new Event.Failed(asked.id(), "failed: " + e.getClass().getSimpleName(), ON);
    }
  }

  private void hear(Asked asked, BlockingQueue<Event> events)
      throws CallFailure, InterruptedException {
    Heard heard = new Heard(asked.id(), events);
    String page = asked.prompt() instanceof Prompt.Turns ? CHAT : Dialect.COMPLETIONS;
    server.hear(page, body(asked), heard);
    if (!heard.finished) {
      throw CallFailure.broken(server.address() + page + heard.missing());
    }
  }

  /// What has been heard of one reply.
  private static final class Heard implements Connection.Events {
    private final String id;
    private final BlockingQueue<Event> events;
    private boolean begun;
    private boolean finished;

    Heard(String id, BlockingQueue<Event> events) {
      this.id = id;
      this.events = events;
    }

    @Override
    public boolean take(byte[] data) throws CallFailure, InterruptedException {
      begun = true;
      if (new String(data, StandardCharsets.UTF_8).strip().equals("[DONE]")) {
        finished = true;
        return false;
      }
      StreamedChunk chunk = StreamedChunk.of(Connection.json(data));
      finished |= chunk.finished();
      if (!chunk.text().isEmpty()) {
        events.put(new Event.Piece(id, chunk.text()));
      }
      return true;
    }

    String missing() {
      return begun
          ? " ended before it said that the reply was whole"
          : " answered without a stream of data: lines";
    }
  }

  private byte[] body(Asked asked) {
    ObjectNode ask = JsonMapper.shared().createObjectNode().put("model", model);
    ask.put("max_tokens", most).put("stream", true);
    ask.put("seed", CompletionCall.folded(asked.seed()));
    switch (asked.prompt()) {
      case Prompt.Turns(List<Message> messages) -> {
        ArrayNode turns = ask.putArray("messages");
        for (Message message : messages) {
          turns.addObject().put("role", message.role().word()).put("content", message.text());
        }
      }
      case Prompt.Words(String text) -> ask.put("prompt", text);
      case Prompt.Ids(Tokens ids) -> ids.stream().forEach(ask.putArray("prompt")::add);
    }
    return JsonMapper.shared().writeValueAsBytes(ask);
  }

  @Override
  public void close() {
    fleet.close();
  }
}
