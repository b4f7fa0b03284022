package criticalwindows.llamacpp;

import static criticalwindows.llamacpp.Structs.CHAT_MESSAGE;
import static criticalwindows.llamacpp.Structs.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import criticalwindows.error.UserError;
import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A chat template as llama.cpp applies it: it recognises the template's kind and writes that kind,
/// without running the template's own program.
final class LlamaTemplate implements ChatTemplate {
  private static final String HINT =
      "name one of llama.cpp's built-in templates instead, such as llama3 or chatml";

  private final Llama llama;
  private final String template;

  private LlamaTemplate(Llama llama, String template) {
    this.llama = llama;
    this.template = template;
  }

  /// The template of that name, or else the file's own.
  static LlamaTemplate of(Weights weights, Optional<String> name) {
    return new LlamaTemplate(weights.llama(), name.orElseGet(weights::chatTemplate));
  }

  @Override
  public String render(List<Message> messages) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a conversation has at least one message");
    }
    if (template.isEmpty()) {
      throw new UserError("the model's file has no chat template", HINT);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocateFrom(template);
      MemorySegment chat = chat(arena, messages);
      int length = llama.chatApply(source, chat, messages.size(), arena.allocate(1));
      if (length < 0) {
        throw new UserError("llama.cpp does not know the chat template " + shortened(), HINT);
      }
      // One more byte, so that strncpy does not cut the last one off.
      MemorySegment text = arena.allocate(length + 1L);
      llama.chatApply(source, chat, messages.size(), text);
      return new String(text.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }
  }

  private static MemorySegment chat(Arena arena, List<Message> messages) {
    MemorySegment chat = arena.allocate(CHAT_MESSAGE, messages.size());
    for (int i = 0; i < messages.size(); i++) {
      MemorySegment one = chat.asSlice(i * CHAT_MESSAGE.byteSize());
      Message message = messages.get(i);
      one.set(ADDRESS, offset(CHAT_MESSAGE, "role"), arena.allocateFrom(message.role().word()));
      one.set(ADDRESS, offset(CHAT_MESSAGE, "content"), arena.allocateFrom(message.text()));
    }
    return chat;
  }

  private String shortened() {
    String line = template.lines().findFirst().orElse("");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
