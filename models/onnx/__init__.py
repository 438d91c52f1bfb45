"""Networks in ONNX files: what a file holds and expects, running it by onnxruntime, writing one."""
