"""Trains one model on shards that `cw export-shards` writes, also while it is still writing them.

Needs PyTorch, and `gguf.py` beside it. The model is a Llama as Hugging Face writes it down:
RMSNorm, rotary positions on halves of a head, SwiGLU, embedding and output tied, no biases.
Matrices are trained by Muon, the embedding and the norms by AdamW; the rates end in a cosine over
steps or over time, whichever comes first.

A shard is rows of 512 little-endian 16-bit numbers: the low 15 bits are a token id, bit 15 is set
where the token is learned. Token 0 begins a document; no token attends to another document.
"""
import argparse
import ctypes
import json
import math
import os
import shutil
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import gguf

CONTEXT = 512
THETA = 10000.0
EPSILON = 1e-5


class Sizes:
    def __init__(self, vocabulary, hidden, layers, heads, inner):
        self.vocabulary, self.hidden, self.layers = vocabulary, hidden, layers
        self.heads, self.inner, self.size = heads, inner, hidden // heads


class Norm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return F.rms_norm(x.float(), (x.shape[-1],), self.weight.float(), EPSILON).to(x.dtype)


def turn(x, cos, sin):
    """Rotary positions; x is batch × heads × positions × head size."""
    half = x.shape[-1] // 2
    a, b = x[..., :half], x[..., half:]
    return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c

        def matrix(columns, rows):
            return nn.Linear(columns, rows, bias=False)

        self.input_layernorm, self.post_attention_layernorm = Norm(c.hidden), Norm(c.hidden)
        self.q, self.k, self.v, self.o = (matrix(c.hidden, c.hidden) for _ in range(4))
        self.gate, self.up = matrix(c.hidden, c.inner), matrix(c.hidden, c.inner)
        self.down = matrix(c.inner, c.hidden)

    def forward(self, x, cos, sin, mask):
        rows, length, _ = x.shape
        h = self.input_layernorm(x)
        q, k, v = (
            m(h).view(rows, length, self.c.heads, self.c.size).transpose(1, 2)
            for m in (self.q, self.k, self.v)
        )
        q, k = turn(q.float(), cos, sin).to(v.dtype), turn(k.float(), cos, sin).to(v.dtype)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + self.o(a.transpose(1, 2).reshape(rows, length, self.c.hidden))
        h = self.post_attention_layernorm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Llama(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.embedding = nn.Embedding(c.vocabulary, c.hidden)
        self.blocks = nn.ModuleList(Block(c) for _ in range(c.layers))
        self.norm = Norm(c.hidden)
        for name, p in self.named_parameters():
            if p.dim() > 1:
                into_stream = name.endswith(("o.weight", "down.weight"))
                gain = 0.5 / math.sqrt(2 * c.layers) if into_stream else 0.5
                deviation = 0.02 if "embedding" in name else gain / math.sqrt(p.shape[1])
                nn.init.normal_(p, 0, deviation)
        rates = 1 / (THETA ** (torch.arange(0, c.size, 2).float() / c.size))
        angles = torch.outer(torch.arange(CONTEXT).float(), rates)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)

    def forward(self, ids):
        x = self.embedding(ids)  # the residual stream stays in single precision
        length = ids.shape[1]
        document = (ids == 0).cumsum(1)
        before = torch.ones(length, length, dtype=torch.bool, device=ids.device).tril()
        mask = ((document[:, :, None] == document[:, None, :]) & before)[:, None]
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length], mask)
        x = self.norm(x)
        if torch.is_autocast_enabled():
            x = x.to(torch.bfloat16)
        return x @ self.embedding.weight.to(x.dtype).t()


class Muon(torch.optim.Optimizer):
    """Momentum, made orthogonal by five Newton-Schulz steps, all matrices of a shape at once.

    Source: Jordan et al. (2024), Muon: an optimizer for hidden layers in neural networks.
    """

    def __init__(self, matrices, lr, momentum=0.95, decay=0.1):
        super().__init__(matrices, dict(lr=lr, momentum=momentum, decay=decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                shapes.setdefault(tuple(p.shape), []).append(p)
            for (rows, columns), same in shapes.items():
                state = self.state.setdefault(same[0], {})
                gradient = torch.stack([p.grad for p in same])
                if "mean" not in state:
                    state["mean"] = torch.zeros_like(gradient)
                mean = state["mean"]
                mean.lerp_(gradient, 1 - group["momentum"])
                x = gradient.lerp(mean, group["momentum"]).bfloat16()
                if rows > columns:
                    x = x.mT
                x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
                for _ in range(5):
                    a = x @ x.mT
                    x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
                if rows > columns:
                    x = x.mT
                x = x.float() * (max(1, rows / columns) ** 0.5)
                torch._foreach_mul_(same, 1 - group["lr"] * group["decay"])
                torch._foreach_add_(same, list(x.unbind(0)), alpha=-group["lr"])


# ---------------------------------------------------------------- checkpoints
PARTS = {
    "input_layernorm": "input_layernorm",
    "post_attention_layernorm": "post_attention_layernorm",
    "q": "self_attn.q_proj",
    "k": "self_attn.k_proj",
    "v": "self_attn.v_proj",
    "o": "self_attn.o_proj",
    "gate": "mlp.gate_proj",
    "up": "mlp.up_proj",
    "down": "mlp.down_proj",
}


def public_name(own):
    """A parameter's name as Hugging Face has it."""
    if own == "embedding.weight":
        return "model.embed_tokens.weight"
    if own == "norm.weight":
        return "model.norm.weight"
    _, layer, part, _ = own.split(".")
    return f"model.layers.{layer}.{PARTS[part]}.weight"


def raw(tensor):
    tensor = tensor.detach().cpu().contiguous()
    return ctypes.string_at(tensor.data_ptr(), tensor.numel() * tensor.element_size())


def save(model, folder, tokenizer):
    """A Hugging Face folder: weights in bfloat16, config, generation config and tokenizer."""
    os.makedirs(folder, exist_ok=True)
    header, data, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, p in model.named_parameters():
        data.append(raw(p.detach().to(torch.bfloat16)))
        header[public_name(name)] = {
            "dtype": "BF16",
            "shape": list(p.shape),
            "data_offsets": [at, at + len(data[-1])],
        }
        at += len(data[-1])
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(data))
    c = model.c
    config = dict(
        architectures=["LlamaForCausalLM"],
        model_type="llama",
        hidden_size=c.hidden,
        intermediate_size=c.inner,
        num_hidden_layers=c.layers,
        num_attention_heads=c.heads,
        num_key_value_heads=c.heads,
        head_dim=c.size,
        vocab_size=c.vocabulary,
        max_position_embeddings=CONTEXT,
        rms_norm_eps=EPSILON,
        rope_theta=THETA,
        hidden_act="silu",
        attention_bias=False,
        mlp_bias=False,
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=4,
        pad_token_id=1,
        torch_dtype="bfloat16",
    )
    generation = dict(
        bos_token_id=0,
        eos_token_id=[4, 1],
        pad_token_id=1,
        do_sample=True,
        temperature=1.0,
        top_p=1.0,
        top_k=0,
    )
    for name, content in (("config", config), ("generation_config", generation)):
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(content, file, indent=1)
    shutil.copy(tokenizer, os.path.join(folder, "tokenizer.json"))


def load(model, source):
    """The weights of a Hugging Face folder that `save` wrote, or of a GGUF file."""
    if source.endswith(".gguf"):
        _, weights = gguf.read(source)
        with torch.no_grad():
            for name, p in model.named_parameters():
                p.copy_(weights[public_name(name)])
        return
    with open(os.path.join(source, "model.safetensors"), "rb") as file:
        content = bytearray(file.read())
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(bytes(content[8:start]))
    with torch.no_grad():
        for name, p in model.named_parameters():
            entry = header[public_name(name)]
            offset = start + entry["data_offsets"][0]
            data = torch.frombuffer(content, dtype=torch.bfloat16, count=p.numel(), offset=offset)
            p.copy_(data.view(p.shape).float())


# ---------------------------------------------------------------- shards
def alive(process):
    try:
        os.kill(process, 0)
        return True
    except ProcessLookupError:
        return False


def shard_bytes(folder, keep, maker):
    """The shards of a folder in order, each removed once it is read. Waits for the next one as long
    as their maker runs."""
    index = 0
    while True:
        path = os.path.join(folder, f"shard-{index:05d}.u16")
        while True:
            more = maker is not None and alive(maker)
            if os.path.exists(path):
                break
            if not more:
                return
            time.sleep(0.1)
        with open(path, "rb") as file:
            content = bytearray(file.read())
        if not keep:
            os.remove(path)
        yield content
        index += 1


def batches(folder, rows, keep, maker, device):
    """Rows for one step after the other; what does not fill a step waits for the next shard."""
    waiting = []
    for content in shard_bytes(folder, keep, maker):
        shard = torch.frombuffer(content, dtype=torch.int16).view(-1, CONTEXT).to(device)
        shard = torch.cat(waiting + [shard[torch.randperm(len(shard), device=device)]])
        whole = len(shard) // rows * rows
        for start in range(0, whole, rows):
            yield shard[start : start + rows].int()
        waiting = [shard[whole:]]


# ---------------------------------------------------------------- training
def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--name", required=True)
    parser.add_argument("--hidden", type=int, required=True)
    parser.add_argument("--layers", type=int, required=True)
    parser.add_argument("--heads", type=int, required=True)
    parser.add_argument("--inner", type=int, required=True, help="length of the feed-forward part")
    parser.add_argument("--vocabulary", type=int, default=3072)
    parser.add_argument("--tokens", type=float, required=True, help="at most, padding too")
    parser.add_argument("--rows", type=int, default=128, help="rows of 512 a step")
    parser.add_argument("--lr", type=float, default=3e-3, help="AdamW: embedding and norms")
    parser.add_argument("--muon-lr", type=float, default=0.01, help="Muon: matrices")
    parser.add_argument("--shards", required=True, help="folder that cw export-shards writes")
    parser.add_argument("--maker", type=int, help="process that still writes shards (none: all are there)")
    parser.add_argument("--keep", action="store_true", help="do not remove shards once read")
    parser.add_argument("--init", help="trained model to start from: a folder or a GGUF file")
    parser.add_argument("--tokenizer", required=True, help="tokenizer.json, copied beside the weights")
    parser.add_argument("--out", required=True, help="folder for the model")
    parser.add_argument("--max-seconds", type=float, default=1e9, help="the cosine ends then at the latest")
    parser.add_argument("--device", default="cuda")
    a = parser.parse_args()

    start = time.time()
    torch.manual_seed(0)
    torch.set_float32_matmul_precision("high")
    on_gpu = a.device == "cuda"
    c = Sizes(a.vocabulary, a.hidden, a.layers, a.heads, a.inner)
    model = Llama(c)
    if a.init:
        load(model, a.init)
    model = model.to(a.device)
    weights = sum(p.numel() for p in model.parameters())
    print(a.name, weights, "weights", flush=True)

    named = list(model.named_parameters())
    matrices = [p for n, p in named if p.dim() > 1 and "embedding" not in n]
    embedding = [p for n, p in named if "embedding" in n]
    norms = [p for n, p in named if p.dim() == 1]
    groups = [dict(params=embedding, weight_decay=0.01), dict(params=norms, weight_decay=0.0)]
    adam = torch.optim.AdamW(groups, lr=a.lr, betas=(0.9, 0.95), fused=on_gpu)
    optimizers = [adam, Muon(matrices, a.muon_lr)]
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["base"] = group["lr"]

    def loss_of(ids, target, weight):
        logits = model(ids).float().view(-1, c.vocabulary)
        each = F.cross_entropy(logits, target.reshape(-1), reduction="none").view_as(weight)
        return (each * weight).sum() / weight.sum()

    compiled = torch.compile(loss_of) if on_gpu else loss_of
    steps = max(1, int(a.tokens / (a.rows * CONTEXT)))
    warm = min(200, steps // 10 + 1)
    log, mean, done = [], None, 0

    def note():
        spent = round(time.time() - start, 1)  # float() waits for the GPU
        log.append(dict(tokens=done * a.rows * CONTEXT, loss=round(float(mean), 4), seconds=spent))
        print(a.name, log[-1], flush=True)

    feed = batches(a.shards, a.rows, a.keep, a.maker, a.device)
    for step in range(steps):
        spent = time.time() - start
        if spent > a.max_seconds:
            break
        part = max(step / steps, spent / a.max_seconds)
        cosine = 0.5 * (1 + math.cos(math.pi * min(1, part)))
        scale = min(1, (step + 1) / warm) * (0.02 + 0.98 * cosine)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * scale
        row = next(feed, None)
        if row is None:
            print(a.name, "has no more shards after", done, "steps of", steps, flush=True)
            break
        ids = (row & 0x7FFF).long()
        # The next token is the target; what follows a row's last token is not known.
        target = torch.roll(ids, -1, 1)
        weight = torch.roll((row < 0).float(), -1, 1)
        weight[:, -1] = 0
        with torch.autocast(a.device, dtype=torch.bfloat16, enabled=on_gpu):
            loss = compiled(ids, target, weight)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        done = step + 1
        mean = loss.detach() if mean is None else 0.98 * mean + 0.02 * loss.detach()
        if step % 200 == 0:
            note()
    if done == 0:
        raise SystemExit("no shard in " + a.shards)
    note()
    save(model, a.out, a.tokenizer)
    summary = dict(
        name=a.name,
        weights=weights,
        tokens=log[-1]["tokens"],
        seconds=log[-1]["seconds"],
        rows=a.rows,
        lr=a.lr,
        muon_lr=a.muon_lr,
        init=os.path.basename(os.path.normpath(a.init)) if a.init else None,
        final_loss=log[-1]["loss"],
        log=log,
    )
    with open(os.path.join(a.out, "training.json"), "w") as file:
        json.dump(summary, file)


if __name__ == "__main__":
    main()
