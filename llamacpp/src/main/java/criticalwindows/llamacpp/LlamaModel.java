package criticalwindows.llamacpp;

import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Vocabulary;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A model from a GGUF file, run by llama.cpp in this process.
///
/// Its memory is taken when the first scripts run: as many sequences as the budget holds, each long
/// enough for the longest script, and for the longest that [#width] was asked about. Longer scripts
/// that come later make it anew, and what was kept is computed again.
public final class LlamaModel implements Model {
  /// Models up to this run in a worker for each thread; in larger ones an operation is long enough
  /// for threads to share it, and reading the weights for every worker costs more (decision 9).
  static final long WORKER_BYTES = 64L << 20;

  private final Path file;
  private final NativeFiles natives;
  private final Weights weights;
  private final AttentionChoice choice;
  private final LlamaOptions options;
  private final LlamaVocabulary vocabulary;
  private final LlamaTemplate template;
  private final int contextLength;
  private final Scheduler.Tally tally = new Scheduler.Tally();
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private Optional<MemoryPlan> plan = Optional.empty();
  private Optional<ParallelContexts> workers = Optional.empty();
  private Optional<String> fileHash = Optional.empty();
  private int announced = 1;
  private boolean closed;

  private LlamaModel(Path file, NativeFiles natives, Weights weights, LlamaOptions given) {
    this.file = file;
    this.natives = natives;
    this.weights = weights;
    choice = AttentionChoice.of(weights, given, this::place);
    options = given.withAttention(choice.way());
    vocabulary = new LlamaVocabulary(weights);
    template = LlamaTemplate.of(weights, options.chatTemplate());
    contextLength = weights.number("llama_model_n_ctx_train");
  }

  /// Loads a model.
  ///
  /// @throws criticalwindows.error.UserError if the file is missing, damaged, or of a kind that
  ///   cannot be cut; or if llama.cpp cannot be loaded here
  public static LlamaModel open(Path gguf, LlamaOptions options) {
    Weights.requireGguf(gguf);
    NativeFiles natives = NativeFiles.find(System.getenv());
    Weights weights =
        NativeCheck.PINNED.open(
            natives,
            gguf,
            llama -> Weights.load(llama, gguf, options.adapter(), options.steering()));
    try {
      return new LlamaModel(gguf, natives, weights, options);
    } catch (UserError e) {
      weights.free();
      throw e;
    }
  }

  /// The engine that these bindings are for; another version is refused when it is loaded.
  public static String engineVersion() {
    return "llama.cpp " + Llama.VERSION;
  }

  /// The file's name, and after `+` the adapter's and the control vector's.
  @Override
  public String name() {
    String name = String.valueOf(file.getFileName());
    String own = name.endsWith(".gguf") ? name.substring(0, name.length() - 5) : name;
    return own
        + weights.adapter().map(adapter -> "+" + adapter.name()).orElse("")
        + weights.vector().map(vector -> "+" + vector.name()).orElse("");
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public ChatTemplate chatTemplate() {
    return template;
  }

  @Override
  public int contextLength() {
    return contextLength;
  }

  /// The size of the vectors that go from layer to layer.
  public int hiddenSize() {
    return weights.number("llama_model_n_embd");
  }

  /// How many layers there are.
  public int layers() {
    return weights.number("llama_model_n_layer");
  }

  /// @throws criticalwindows.error.UserError if the file recommends what cannot be
  @Override
  public Recommended recommended() {
    return use(this::readRecommended);
  }

  private Recommended readRecommended() {
    return LlamaTokenizer.recommended(weights, file)
        .orElse(
            new Recommended(
                Sampling.PLAIN, "the file recommends nothing, so the plain distribution"));
  }

  /// An eighth of the sequences is left for kept texts; a run with more of them takes up to half.
  @Override
  public int width(int tokens) {
    return use(
        () -> {
          announced = Math.max(announced, Math.clamp(tokens, 1, contextLength));
          int sequences = layout(announced).sequences();
          return Math.max(1, sequences - Math.ceilDiv(sequences, 8));
        });
  }

  @Override
  public void run(List<Script> scripts, Sink sink) throws InterruptedException {
    enter();
    try {
      Models.check(this, scripts);
      int most = scripts.stream().mapToInt(Script::mostTokens).max().orElse(0);
      if (most > 0) {
        workers(most).run(List.copyOf(scripts), sink);
      }
    } finally {
      user.set(null);
    }
  }

  private MemoryPlan plan() {
    if (plan.isEmpty()) {
      plan =
          Optional.of(
              new MemoryPlan(
                  options.memoryBytes(),
                  weightBytes(),
                  keyValueBytes(),
                  scoreBytes(),
                  weights.number("llama_model_n_embd"),
                  vocabulary.size()));
    }
    return plan.get();
  }

  /// What a micro-batch's attention scores take for each cell: as floats, before and after the
  /// softmax.
  private long scoreBytes() {
    return switch (options.attention()) {
      case AUTO, FLASH -> 0;
      case PLAIN -> 2L * Float.BYTES * Limits.MICRO_BATCH * weights.number("llama_model_n_head");
      case SHARED -> Limits.scoreBytes(weights.requireDecoder().sizes());
    };
  }

  /// What the keys and values of a token take.
  private long keyValueBytes() {
    return options.attention() == Attention.SHARED
        ? Cells.tokenBytes(weights.requireDecoder().sizes())
        : CacheProbe.keyValueBytes(weights, options);
  }

  /// The file is mapped, and may be held in the processor's own layout too. A forward pass of our
  /// own has all of that again, and scores in each worker.
  private long weightBytes() {
    return options.attention() == Attention.SHARED
        ? 4 * weights.bytes() + mostWorkers(weights, options) * Limits.bytes()
        : weights.bytes();
  }

  private MemoryPlan.Layout layout(int tokens) {
    return plan().layout(tokens, mostWorkers(weights, options));
  }

  private static int mostWorkers(Weights weights, LlamaOptions options) {
    return weights.bytes() <= WORKER_BYTES ? options.threads() : 1;
  }

  private ParallelContexts workers(int tokens) {
    if (workers.isEmpty() || workers.get().first().context().shape().cells() < tokens) {
      announced = Math.max(announced, tokens);
      // A second time there is something to spare, so that texts that grow bit by bit do not make
      // it anew again and again.
      int spare = workers.isEmpty() ? 0 : announced / 2;
      MemoryPlan.Layout layout = layout(Math.min(contextLength, announced + spare));
      release();
      int threads = options.threads() / layout.workers();
      workers =
          Optional.of(
              new ParallelContexts(
                  Stream.generate(() -> engine(layout.shape(), threads))
                      .limit(layout.workers())
                      .toList()));
    }
    return workers.get();
  }

  private Scheduler.Engine engine(Cells.Shape shape, int threads) {
    Context context = Context.open(weights, shape, options.withThreads(threads));
    return new Scheduler.Engine(context, new SharedPrefixes(), tally, vocabulary);
  }

  private void release() {
    workers.ifPresent(ParallelContexts::close);
    workers = Optional.empty();
  }

  /// Drops everything kept, and takes the memory for texts of that length, all of it.
  void forget(int tokens) {
    use(
        () -> {
          release();
          ParallelContexts fresh = workers(tokens);
          fresh.takeMemory();
          return fresh;
        });
  }

  /// Something that is done with a context of one's own.
  @FunctionalInterface
  interface Alone<T> {
    T in(Context context) throws InterruptedException;
  }

  /// Drops everything kept, and works with all threads in one empty context for texts of that
  /// length.
  <T> T withFreshContext(int tokens, Alone<T> work) throws InterruptedException {
    return withFreshContext(tokens, options, work);
  }

  /// The same in a context of llama.cpp's own, as anyone would use it.
  <T> T withPlainContext(int tokens, Alone<T> work) throws InterruptedException {
    boolean own = options.attention() == Attention.SHARED;
    return withFreshContext(tokens, own ? options.withAttention(Attention.FLASH) : options, work);
  }

  private <T> T withFreshContext(int tokens, LlamaOptions by, Alone<T> work)
      throws InterruptedException {
    enter();
    release();
    try (Context context = Context.open(weights, plan().shape(tokens), by)) {
      return work.in(context);
    } finally {
      user.set(null);
    }
  }

  /// What was computed so far.
  public Counters counters() {
    return tally.counters();
  }

  @Override
  public Map<String, String> provenance() {
    return use(this::readProvenance);
  }

  private Map<String, String> readProvenance() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("engine", "llama.cpp " + weights.llama().version());
    facts.put("engine build", natives.build());
    facts.put("engine processor", weights.llama().systemInfo());
    facts.put("model file", String.valueOf(file.getFileName()));
    putIdentity(facts);
    facts.put("threads", String.valueOf(options.threads()));
    facts.put("memory budget", String.valueOf(options.memoryBytes()));
    facts.put("attention", AttentionChoice.word(choice.way()));
    choice.by().ifPresent(by -> facts.put("attention chosen by", by));
    facts.put("micro-batch", String.valueOf(Limits.MICRO_BATCH));
    workers.ifPresent(
        made -> {
          facts.put("workers", String.valueOf(made.count()));
          facts.put("sequences", String.valueOf(made.sequences()));
          facts.put("cells", String.valueOf(made.first().context().shape().cells()));
        });
    return facts;
  }

  /// An adapter hardly changes which way is the quickest.
  private AttentionChoice.Place place() {
    return new AttentionChoice.Place(
        hash(),
        weights.llama().version() + ", " + natives.build(),
        AttentionChoice.processor() + ", " + weights.llama().systemInfo());
  }

  private String hash() {
    if (fileHash.isEmpty()) {
      fileHash = Optional.of(NativeFiles.sha256(file));
    }
    return fileHash.get();
  }

  /// The SHA-256 of the file. With an adapter it is that of both files' hashes, and with a control
  /// vector that of what came of these, the vector's hash and its scale: whatever asks whether two
  /// models are the same one asks for this.
  private void putIdentity(Map<String, String> facts) {
    facts.put("model sha256", hash());
    weights
        .adapter()
        .ifPresent(
            adapter -> {
              facts.put("adapter", String.valueOf(adapter.path()));
              facts.put("adapter sha256", adapter.sha256());
              putChanged(facts, adapter.sha256());
            });
    weights
        .vector()
        .ifPresent(
            vector -> {
              facts.put("steering", String.valueOf(vector.path()));
              facts.put("steering sha256", vector.sha256());
              facts.put("steering scale", String.valueOf(vector.scale()));
              putChanged(facts, vector.sha256() + " " + vector.scale());
            });
  }

  private void putChanged(Map<String, String> facts, String by) {
    String before = facts.getOrDefault("model sha256", "");
    facts.put("base sha256", hash());
    facts.put("model sha256", HexFormat.of().formatHex(Sha256.of(before + " " + by)));
  }

  @FunctionalInterface
  private interface Use<T> {
    T get();
  }

  private <T> T use(Use<T> use) {
    enter();
    try {
      return use.get();
    } finally {
      user.set(null);
    }
  }

  /// Two threads in one native context would end the process.
  private void enter() {
    if (!user.compareAndSet(null, Thread.currentThread())) {
      throw new IllegalStateException("the model " + name() + " is in use");
    }
    if (closed) {
      user.set(null);
      throw new IllegalStateException("the model " + name() + " is closed");
    }
  }

  @Override
  public void close() {
    if (!user.compareAndSet(null, Thread.currentThread())) {
      throw new IllegalStateException("the model " + name() + " is in use, and cannot be closed");
    }
    if (!closed) {
      closed = true;
      release();
      weights.free();
    }
    user.set(null);
  }
}
