package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Ways to have a conversation written down: two styles of its own, or as the server does it.
final class ConversationTemplates {
  private static final List<String> NAMES = List.of("llama3", "chatml");

  private ConversationTemplates() {}

  /// One of the styles.
  static ChatTemplate named(String name) {
    return switch (name) {
      case "llama3" -> ConversationTemplates::llama3;
      case "chatml" -> ConversationTemplates::chatml;
      default -> throw UserError.unknown("chat template for servers", name, NAMES);
    };
  }

  private static String llama3(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      text.append("<|start_header_id|>").append(message.role().word()).append("<|end_header_id|>");
      text.append("\n\n").append(message.text().strip()).append("<|eot_id|>");
    }
    return text.append("<|start_header_id|>assistant<|end_header_id|>\n\n").toString();
  }

  private static String chatml(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      text.append("<|im_start|>").append(message.role().word()).append('\n');
      text.append(message.text()).append("<|im_end|>\n");
    }
    return text.append("<|im_start|>assistant\n").toString();
  }

  /// As the server writes it: at `/apply-template`, as `cw servers serve` and llama-server have it,
  /// else by `/tokenize` with messages, as vLLM has it.
  static ChatTemplate served(Connection server, String model, Vocabulary vocabulary) {
    return messages -> {
      try {
        ObjectNode ask = JsonMapper.shared().createObjectNode();
        put(ask.put("model", model).putArray("messages"), messages);
        return server
            .post("/apply-template", JsonMapper.shared().writeValueAsBytes(ask))
            .path("prompt")
            .asString("");
      } catch (CallFailure e) {
        return tokenized(server, model, messages, vocabulary);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped while a conversation was written down", e);
      }
    };
  }

  private static String tokenized(
      Connection server, String model, List<Message> messages, Vocabulary vocabulary) {
    ObjectNode ask = JsonMapper.shared().createObjectNode();
    ask.put("model", model).put("add_generation_prompt", true).put("add_special_tokens", false);
    put(ask.putArray("messages"), messages);
    Tokens tokens;
    try {
      tokens = ServedVocabulary.tokens(server, ask);
    } catch (UserError e) {
      throw new UserError(
          "the server writes no conversations down: " + e.getMessage(),
          "name its style with --chat-template, one of " + String.join(", ", NAMES),
          e);
    }
    return vocabulary.named(tokens);
  }

  private static void put(ArrayNode array, List<Message> messages) {
    for (Message message : messages) {
      array.addObject().put("role", message.role().word()).put("content", message.text());
    }
  }
}
