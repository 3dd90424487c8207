"""Build the packaged encoder. Needs torch, onnx and safetensors, which the bot never does."""
