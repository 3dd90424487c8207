"""all-MiniLM-L6-v2 in a few plain operations, read from its published weights."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as nnf
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Transform `x` of shape (batch, tokens, 384); `mask` is added to the attention."""
        batch, size, _ = x.shape
        parts = self.qkv(x).view(batch, size, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = parts[0] @ parts[1].transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = torch.softmax(weights, -1) @ parts[2]
        mixed = mixed.transpose(1, 2).reshape(batch, size, WIDTH)
        x = self.norm1(x + nnf.dropout(self.out(mixed), 0.1, self.training))
        inner = self.down(nnf.gelu(self.up(x)))
        return self.norm2(x + nnf.dropout(inner, 0.1, self.training))


class MiniLM(nn.Module):
    """Token ids to one vector of length 1 a text: mean over tokens, then normalised."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Encode `ids` of shape (batch, tokens); `mask` is 1 for tokens and 0 for padding."""
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        blocked = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, blocked)
        kept = mask[:, :, None].to(x.dtype)
        return nnf.normalize((x * kept).sum(1) / kept.sum(1), dim=-1)


def published(folder: Path) -> MiniLM:
    """Load the published weights from a folder that holds `model.safetensors`."""
    raw = load_file(folder / "model.safetensors")
    model = MiniLM(raw["embeddings.word_embeddings.weight"].shape[0])
    state = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        # Every text is one segment, so the segment vector can be folded into the places.
        "places.weight": raw["embeddings.position_embeddings.weight"]
        + raw["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    for at in range(LAYERS):
        state |= _layer(raw, f"encoder.layer.{at}.", f"layers.{at}.")
    model.load_state_dict(state)
    return model.eval()


def _layer(raw: dict[str, Tensor], theirs: str, ours: str) -> dict[str, Tensor]:
    attention = [f"{theirs}attention.self.{name}." for name in ("query", "key", "value")]
    pairs = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    state = {
        f"{ours}qkv.{end}": torch.cat([raw[name + end] for name in attention])
        for end in ("weight", "bias")
    }
    for name, source in pairs.items():
        for end in ("weight", "bias"):
            state[f"{ours}{name}.{end}"] = raw[f"{theirs}{source}.{end}"]
    return state
