"""Reads the weights of a GGUF file of the test bed back into PyTorch, as Hugging Face orders them.

A built-in model can so be trained on from the file that ships. F16 holds the trained bfloat16
weights but for the smallest; Q8_0 holds them to one part in 254 of the largest in 32.
"""
import struct

import torch

PLAIN = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
TEXT, LIST = 8, 9
F32, F16, Q8_0 = 0, 1, 8
BLOCK = 32

PARTS = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


class Reader:
    def __init__(self, content):
        self.content, self.at = content, 0

    def number(self, kind):
        (value,) = struct.unpack_from("<" + kind, self.content, self.at)
        self.at += struct.calcsize("<" + kind)
        return value

    def text(self):
        length = self.number("Q")
        self.at += length
        return bytes(self.content[self.at - length : self.at]).decode()

    def value(self, kind):
        if kind == TEXT:
            return self.text()
        if kind == LIST:
            kind, length = self.number("I"), self.number("Q")
            return [self.value(kind) for _ in range(length)]
        return self.number(PLAIN[kind])


def read(path):
    """({key: value}, {name as Hugging Face has it: tensor in single precision})"""
    with open(path, "rb") as file:
        content = bytearray(file.read())
    reader = Reader(content)
    if content[:4] != b"GGUF":
        raise SystemExit(path + " is no GGUF file")
    reader.at = 8
    tensors, keys = reader.number("Q"), reader.number("Q")
    facts = {}
    for _ in range(keys):
        key = reader.text()
        facts[key] = reader.value(reader.number("I"))
    entries = []
    for _ in range(tensors):
        name = reader.text()
        shape = [reader.number("Q") for _ in range(reader.number("I"))][::-1]
        entries.append((name, shape, reader.number("I"), reader.number("Q")))
    alignment = facts.get("general.alignment", 32)
    start = -(-reader.at // alignment) * alignment
    heads = facts["llama.attention.head_count"]
    weights = {}
    for name, shape, kind, offset in entries:
        tensor = numbers(content, start + offset, shape, kind)
        if ".attn_q." in name or ".attn_k." in name:
            tensor = turned(tensor, heads)
        weights[public_name(name)] = tensor
    return facts, weights


def numbers(content, offset, shape, kind):
    count = 1
    for length in shape:
        count *= length
    if kind in (F32, F16):
        dtype = torch.float32 if kind == F32 else torch.float16
        plain = torch.frombuffer(content, dtype=dtype, count=count, offset=offset)
        return plain.view(shape).float()
    if kind != Q8_0:
        raise SystemExit(f"a tensor of type {kind}, not F32, F16 or Q8_0")
    # A block is a scale in F16 and 32 whole numbers of 8 bits.
    blocks = torch.frombuffer(
        content, dtype=torch.uint8, count=count // BLOCK * (BLOCK + 2), offset=offset
    ).view(-1, BLOCK + 2)
    scales = blocks[:, :2].contiguous().view(torch.float16).float()
    return (blocks[:, 2:].contiguous().view(torch.int8).float() * scales).view(shape)


def turned(rows, heads):
    """llama.cpp turns neighbours of a head together, Hugging Face its two halves."""
    size = rows.shape[0] // heads
    return rows.view(heads, size // 2, 2, -1).transpose(1, 2).reshape(rows.shape)


def public_name(name):
    if name == "token_embd.weight":
        return "model.embed_tokens.weight"
    if name == "output_norm.weight":
        return "model.norm.weight"
    _, layer, part, _ = name.split(".")
    return f"model.layers.{layer}.{PARTS[part]}.weight"
