"""Write the encoder as ONNX with eight-bit weights: `python -m evaluation.build.export IN OUT`."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from evaluation.build.minilm import MiniLM, published


def export(model: MiniLM, out: Path) -> str:
    """Write `model` to `out`; give the SHA-256 of the file."""
    ids = torch.ones((1, 9), dtype=torch.long)
    axes = {"ids": {1: "tokens"}, "mask": {1: "tokens"}}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model.eval(),
            (ids, torch.ones_like(ids)),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["vector"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, out, weight_type=QuantType.QInt8, per_channel=True)
    return hashlib.sha256(out.read_bytes()).hexdigest()


if __name__ == "__main__":
    print(export(published(Path(sys.argv[1])), Path(sys.argv[2])))
