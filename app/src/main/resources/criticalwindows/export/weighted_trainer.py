"""Trains with Hugging Face's Trainer on the rows of `cw export weights`: sum(w * loss) / sum(w).

    rows = [json.loads(line) for line in open("weights.jsonl")]
    arguments = TrainingArguments("out", remove_unused_columns=False)
    WeightedTrainer(model, arguments, train_dataset=rows, data_collator=Padded()).train()

In each row the weights sum to its number of loss tokens. So the number of loss tokens that the
Trainer counts over all batches of a step is the sum of their weights, also where gradients are
accumulated, and uniform weights give the Trainer's own loss. Run with transformers 5.17 on one GPU.
"""

import torch
from torch.nn.functional import cross_entropy
from transformers import Trainer


class Padded:
    """Makes a batch of rows: all padded to the longest, the weights beside their tokens."""

    def __init__(self, pad_id=0):
        self.pad_id = pad_id

    def __call__(self, rows):
        longest = max(len(row["input_ids"]) for row in rows)

        def padded(column, fill):
            return torch.tensor([list(v) + [fill] * (longest - len(v)) for v in column])

        ids = [row["input_ids"] for row in rows]
        masks = [row["completion_mask"] for row in rows]
        return {
            "input_ids": padded(ids, self.pad_id),
            "attention_mask": padded([[1] * len(v) for v in ids], 0),
            "labels": padded([[i if m else -100 for i, m in zip(*both)] for both in zip(ids, masks)], -100),
            "weights": padded([row["weights"] for row in rows], 0.0),
        }


class WeightedTrainer(Trainer):
    """Each token's loss counts by its weight."""

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        outputs = model(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"])
        logits = outputs.logits[:, :-1].flatten(0, 1).float()
        labels = inputs["labels"][:, 1:].flatten()
        losses = cross_entropy(logits, labels, reduction="none", ignore_index=-100)
        weights = inputs["weights"][:, 1:].flatten().to(losses)
        total = weights.sum() if num_items_in_batch is None else num_items_in_batch
        loss = (weights * losses).sum() / total
        if num_items_in_batch is not None and self.args.average_tokens_across_devices:
            loss = loss * self.accelerator.num_processes  # which then take the mean of theirs
        return (loss, outputs) if return_outputs else loss
