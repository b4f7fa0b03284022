package criticalwindows.llamacpp;

import static criticalwindows.llamacpp.Structs.TENSOR;
import static criticalwindows.llamacpp.Structs.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.error.UserError;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tensors that llama.cpp computes for a batch, in their order, which is the same for every
/// batch; and which of them are those of a hook point.
///
/// The residual stream after a layer has a name. What attention and MLP add to it has other names
/// in other architectures, or none, so it is found by what the sum is made of: the stream after a
/// layer is what was there before, plus two tensors. The attention's is the one that is computed
/// from `kqv_out`, what the heads saw; the MLP's is not, or only by way of the attention's.
///
/// *Source:* the graphs in `src/models` of [Llama#VERSION].
@SuppressWarnings("restricted") // the room for native access
final class GraphNodes {
  /// Operations that leave the stream what it is, by ggml's numbers: a sum's both sides are
  /// followed, of the others the first source.
  private static final int ADD = 2;

  private static final Set<Integer> SAME = Set.of(35, 36, 37, 40); // cont, reshape, view, get_rows

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Long, Integer> places = new HashMap<>();

  /// A tensor.
  ///
  /// @param sources the addresses of those it is computed from
  private record Node(String name, int operation, List<Long> sources) {}

  /// Adds the one that is computed next.
  void add(MemorySegment tensor) {
    MemorySegment fields = tensor.reinterpret(TENSOR.byteSize());
    List<Long> sources = new ArrayList<>();
    for (int i = 0; i < Structs.SOURCES; i++) {
      long source = fields.get(ADDRESS, offset(TENSOR, "src") + i * ADDRESS.byteSize()).address();
      if (source != 0) {
        sources.add(source);
      }
    }
    places.put(tensor.address(), nodes.size());
    nodes.add(new Node(name(fields), fields.get(JAVA_INT, offset(TENSOR, "op")), sources));
  }

  private static String name(MemorySegment fields) {
    return fields.asSlice(offset(TENSOR, "name"), Structs.NAME).getString(0);
  }

  /// The name of a tensor.
  String name(int node) {
    return nodes.get(node).name;
  }

  /// The tensors of hook points, by their places in the order of computing.
  ///
  /// @param layers of the model
  /// @throws UserError if there is none that would be this
  List<Integer> find(List<HookPoint> hooks, int layers) {
    return hooks.stream().map(hook -> find(hook, layers)).toList();
  }

  private int find(HookPoint hook, int layers) {
    int stream = stream(hook.layer());
    if (hook.site() == Site.RESIDUAL) {
      return stream;
    }
    // In the first layer nothing says where the stream begins, so the second one vouches for it.
    int vouching = Math.min(Math.max(hook.layer(), 2), layers);
    List<Integer> usual = added(vouching);
    List<Integer> parts = vouching == hook.layer() ? usual : added(hook.layer());
    if ((vouching > 1 && usual.size() != 2) || parts.size() < 2) {
      throw unnamed(hook);
    }
    return part(hook, parts.subList(0, 2));
  }

  /// The attention's or the MLP's of two tensors that are added.
  private int part(HookPoint hook, List<Integer> parts) {
    List<Integer> attention = new ArrayList<>(parts);
    attention.removeIf(
        part -> {
          Set<Integer> others = new HashSet<>(parts);
          if (hook.layer() > 1) {
            others.add(stream(hook.layer() - 1));
          }
          others.remove(part);
          return !sees(part, "kqv_out-" + (hook.layer() - 1), others);
        });
    if (attention.size() != 1) {
      throw unnamed(hook);
    }
    List<Integer> mlp = new ArrayList<>(parts);
    mlp.removeAll(attention);
    return hook.site() == Site.ATTENTION ? attention.getFirst() : mlp.getFirst();
  }

  private static UserError unnamed(HookPoint hook) {
    return new UserError(
        "what "
            + hook.site().word()
            + " adds to the stream in layer "
            + hook.layer()
            + " is no tensor of its own in this architecture",
        "read the residual stream: --site residual");
  }

  /// Whether a tensor is computed from one of that name, otherwise than by way of some.
  private boolean sees(int node, String name, Set<Integer> without) {
    Set<Integer> seen = new HashSet<>(without);
    List<Integer> open = new ArrayList<>(List.of(node));
    while (!open.isEmpty()) {
      int next = open.removeLast();
      if (seen.add(next)) {
        if (nodes.get(next).name.equals(name)) {
          return true;
        }
        sources(next, Structs.SOURCES).forEach(open::add);
      }
    }
    return false;
  }

  private int stream(int layer) {
    String name = "l_out-" + (layer - 1);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name.equals(name)) {
        found.add(i);
      }
    }
    if (found.size() != 1) {
      throw new UserError(
          "this architecture has "
              + found.size()
              + " tensors called "
              + name
              + ", which would be the residual stream after layer "
              + layer,
          "use a model that llama.cpp computes layer by layer, such as Llama, Qwen or Gemma");
    }
    return found.getFirst();
  }

  /// What is added to the stream in a layer, the last first.
  private List<Integer> added(int layer) {
    int before = layer == 1 ? beginning(stream(1)) : stream(layer - 1);
    List<Integer> added = new ArrayList<>();
    if (!reach(stream(layer), before, added)) {
      return List.of();
    }
    // Some add them to each other first.
    boolean together = added.size() == 1 && parts(added.getFirst()).size() == 2;
    return together ? parts(added.getFirst()) : added;
  }

  /// The first tensor that is computed of those that the stream is a sum of.
  private int beginning(int stream) {
    int first = stream;
    Set<Integer> seen = new HashSet<>();
    List<Integer> open = new ArrayList<>(List.of(stream));
    while (!open.isEmpty()) {
      int node = open.removeLast();
      if (seen.add(node)) {
        first = Math.min(first, node);
        open.addAll(parts(node));
      }
    }
    return first;
  }

  /// Whether a tensor is another one plus others, which are gathered.
  private boolean reach(int node, int goal, List<Integer> added) {
    if (node <= goal) {
      return node == goal;
    }
    List<Integer> parts = parts(node);
    for (int part : parts) {
      int size = added.size();
      if (parts.size() == 2) {
        added.add(part == parts.getFirst() ? parts.getLast() : parts.getFirst());
      }
      if (reach(part, goal, added)) {
        return true;
      }
      added.subList(size, added.size()).clear();
    }
    return false;
  }

  /// The tensors that a sum is of, or that this one is a view of; none for other tensors.
  private List<Integer> parts(int node) {
    int operation = nodes.get(node).operation;
    return sources(node, operation == ADD ? 2 : SAME.contains(operation) ? 1 : 0);
  }

  /// The first of those that a tensor is computed from, without weights and inputs.
  private List<Integer> sources(int node, int most) {
    return nodes.get(node).sources.stream()
        .limit(most)
        .filter(places::containsKey)
        .map(places::get)
        .toList();
  }
}
