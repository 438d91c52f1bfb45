"""Session of onnxruntime: an ONNX network, ready to run on tensors where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import CheckpointError
from .packages import required

DTYPES = {
    "float32": torch.float32,
    "float16": torch.float16,
    "float64": torch.float64,
    "uint8": torch.uint8,
    "int8": torch.int8,
    "int16": torch.int16,
    "int32": torch.int32,
    "int64": torch.int64,
    "bool": torch.bool,
}
"""Number types that both libraries know, by numpy's names."""


class OnnxSession:
    """A network opened by onnxruntime when it is first run, with as many threads as torch has then.

    Copies are the session itself: it holds no state between runs.

    Args:
        path: The ONNX file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: dict[tuple[str, int], Any] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> OnnxSession:
        return self

    def run(self, name: str, image: Tensor, outputs: Mapping[str, Tensor]) -> None:
        """Run the network.

        Args:
            name: Name of the input.
            image: Its value, dense.
            outputs: Where to put results, by name: dense tensors of the right shape and type, on the image's device.

        Raises:
            CheckpointError: If the network does not run on this image.
        """
        session = self._session(image.device)
        binding = session.io_binding()
        _bind(binding.bind_input, name, image)
        for output, tensor in outputs.items():
            _bind(binding.bind_output, output, tensor)
        try:
            session.run_with_iobinding(binding)
        except Exception as error:  # onnxruntime's errors have no base of their own
            raise _explained(error, self._path) from error

    def try_out(self, name: str, image: np.ndarray) -> dict[str, np.ndarray]:
        """Return all results of the network for an image on the CPU, whatever their shapes; errors as in `run`."""
        session = self._session(torch.device("cpu"))
        names = [o.name for o in session.get_outputs()]
        try:
            return dict(zip(names, session.run(names, {name: image}), strict=True))
        except Exception as error:
            raise _explained(error, self._path) from error

    def runs_on(self, device: torch.device) -> bool:
        """Return whether this onnxruntime can work on a device."""
        return device.type == "cpu" or "CUDAExecutionProvider" in required("onnxruntime").get_available_providers()

    def _session(self, device: torch.device) -> Any:
        key = (str(device), torch.get_num_threads())
        if key not in self._opened:
            self._opened.clear()  # one at a time: each holds the weights
            self._opened[key] = _open(self._path, device)
        return self._opened[key]


def _open(path: Path, device: torch.device) -> Any:
    runtime = required("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.log_severity_level = 4  # what goes wrong is raised; the console is the engine's own
    # The arena keeps what it once had; without it memory is given back, and the plan stays true.
    options.enable_cpu_mem_arena = False
    # Threads that wait spin otherwise, and take the cores from those that read and write tiles.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    providers: list[Any] = ["CPUExecutionProvider"]
    if device.type == "cuda":
        providers.insert(0, ("CUDAExecutionProvider", {"device_id": device.index or 0}))
    try:
        return runtime.InferenceSession(str(path), options, providers=providers)
    except Exception as error:
        raise _explained(error, path) from error


def _bind(bind: Any, name: str, tensor: Tensor) -> None:
    dtype = next(n for n, t in DTYPES.items() if t is tensor.dtype)
    bind(name, tensor.device.type, tensor.device.index or 0, np.dtype(dtype), tuple(tensor.shape), tensor.data_ptr())


def _explained(error: Exception, path: Path) -> Exception:
    """Return an error as a sentence; memory that ran out stays what it is."""
    text = str(error)
    if isinstance(error, MemoryError) or "Failed to allocate memory" in text or "bad_alloc" in text:
        return MemoryError(text.splitlines()[0])
    reason = text.splitlines()[0] if text else repr(error)
    return CheckpointError(
        f"onnxruntime cannot run {path.name}: {reason} Export the network again with standard operators, or give its "
        "sizes as they were when it was exported."
    )
