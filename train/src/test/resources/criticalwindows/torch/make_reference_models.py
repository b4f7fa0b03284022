"""Writes tiny random models of three architectures with transformers, and what transformers says
of a text's log-probabilities under each, in float32 on the processor.

    python3 make_reference_models.py OUT
"""
import json
import pathlib
import sys

import torch
from transformers import LlamaConfig, LlamaForCausalLM
from transformers import Qwen2Config, Qwen2ForCausalLM
from transformers import Qwen3Config, Qwen3ForCausalLM

COMMON = dict(vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
              max_position_embeddings=64, rms_norm_eps=1e-6)
MODELS = {
    "llama-grouped": (LlamaConfig, LlamaForCausalLM, dict(
        num_attention_heads=4, num_key_value_heads=2, tie_word_embeddings=False)),
    "llama-tied": (LlamaConfig, LlamaForCausalLM, dict(
        num_attention_heads=2, num_key_value_heads=2, tie_word_embeddings=True, head_dim=24)),
    "qwen2-tied": (Qwen2Config, Qwen2ForCausalLM, dict(
        num_attention_heads=4, num_key_value_heads=1, tie_word_embeddings=True)),
    "qwen2": (Qwen2Config, Qwen2ForCausalLM, dict(
        num_attention_heads=4, num_key_value_heads=4, tie_word_embeddings=False)),
    "qwen3": (Qwen3Config, Qwen3ForCausalLM, dict(
        num_attention_heads=4, num_key_value_heads=2, head_dim=16, tie_word_embeddings=False)),
    "qwen3-tied": (Qwen3Config, Qwen3ForCausalLM, dict(
        num_attention_heads=2, num_key_value_heads=1, head_dim=24, tie_word_embeddings=True)),
}


def trained(model, text):
    """The same targets' log-probabilities after three steps of AdamW towards the text's own tokens,
    and the gradient's norm at each."""
    ids = torch.tensor([text["ids"]])
    groups = [{"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": 0.1},
              {"params": [p for p in model.parameters() if p.dim() < 2], "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=0.01, betas=(0.9, 0.99), eps=1e-6)
    norms = []
    for _ in range(3):
        logs = torch.log_softmax(model(ids).logits.float(), -1)[0, :-1]
        loss = -logs.gather(1, ids[0, 1:, None]).mean()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        optimiser.step()
        optimiser.zero_grad()
    with torch.no_grad():
        logs = torch.log_softmax(model(ids).logits.float(), -1)[0]
    return {"norms": norms,
            "logProbs": [logs[place, token].item() for place, token, _ in text["targets"]]}


def main(out):
    for number, (name, (config_type, model_type, more)) in enumerate(MODELS.items()):
        torch.manual_seed(number)
        config = config_type(**COMMON, **more)
        config._attn_implementation = "eager"
        model = model_type(config).float().eval()
        with torch.no_grad():
            for parameter in model.parameters():
                # Norms and biases too: nothing of them is 1 or 0 by chance.
                spread = torch.randn_like(parameter)
                if parameter.dim() == 1:
                    parameter.add_(0.3 * spread)
                else:
                    parameter.copy_(1.5 * spread / parameter.shape[1] ** 0.5)
        folder = pathlib.Path(out) / name
        model.save_pretrained(folder)
        texts = []
        for length in (1, 2, 17, 40):
            ids = torch.randint(0, 96, (1, length))
            with torch.no_grad():
                logs = torch.log_softmax(model(ids).logits.float(), -1)[0]
            asked = [[place, token, logs[place, token].item()]
                     for place in range(length)
                     for token in (place * 7 % 96, int(logs[place].argmax()))]
            texts.append({"ids": ids[0].tolist(), "targets": asked})
        expected = {"texts": texts, "trained": trained(model, texts[-1])}
        (folder / "expected.json").write_text(json.dumps(expected))
        for extra in folder.glob("*"):
            if extra.name not in ("config.json", "model.safetensors", "expected.json"):
                extra.unlink()
        print(name, sorted((f.name, f.stat().st_size) for f in folder.iterdir()))


if __name__ == "__main__":
    main(sys.argv[1])
