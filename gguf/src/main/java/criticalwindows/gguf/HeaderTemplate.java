package criticalwindows.gguf;

import java.util.Collection;
import java.util.List;

/// The chat template of models whose turns have headers, as Llama 3's do:
/// `<|start_header_id|>role<|end_header_id|>`, two newlines, the text, `<|eot_id|>`.
///
/// llama.cpp recognises the style by the names of the two header tokens, and other programs run the
/// text below as it stands.
final class HeaderTemplate {
  private static final List<String> TOKENS =
      List.of("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>");

  static final String TEXT =
      """
      {%- macro turn(role, text) -%}
      {{ '<|start_header_id|>' ~ role ~ '<|end_header_id|>\\n\\n' ~ text | trim ~ '<|eot_id|>' }}
      {%- endmacro -%}
      {{ bos_token }}
      {%- for message in messages %}{{ turn(message.role, message.content) }}{% endfor %}
      {%- if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
      {%- endif -%}
      """;

  private HeaderTemplate() {}

  /// Whether a vocabulary has the tokens of this style.
  static boolean fits(Collection<String> tokens) {
    return tokens.containsAll(TOKENS);
  }
}
