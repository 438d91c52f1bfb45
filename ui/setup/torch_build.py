"""Which build of torch suits this machine, told from its NVIDIA driver.

Shared by the set-up command and the plugin's environment page. Standard library only, Python 3.9
syntax, no Qt. It starts a program, so the page calls it off the main thread.
"""

import os
import platform
import shutil
import subprocess  # nosec B404 - asks the NVIDIA driver's own tool, with a fixed argument list
from dataclasses import dataclass
from typing import List, Mapping, Optional, Tuple

CUDA_DRIVER_FLOOR = 580
"""Oldest NVIDIA driver branch that runs the CUDA 13 libraries of the pinned torch."""

CUDA_COMPUTE_FLOOR = (7, 5)
"""Oldest compute capability for which CUDA 13 still has code (Turing)."""

QUERIES = ("name,driver_version,compute_cap", "name,driver_version")
"""Fields to ask for; drivers before 510 do not know the third one."""


@dataclass(frozen=True)
class Gpu:
    """One NVIDIA GPU as its driver describes it.

    Attributes:
        name: Name for people.
        driver: Driver version, for example "580.65.06".
        compute: Compute capability (major, minor); None if the driver does not tell.
    """

    name: str
    driver: str
    compute: Optional[Tuple[int, int]] = None

    @property
    def driver_branch(self) -> int:
        """First number of the driver version; 0 if there is none."""
        head = self.driver.split(".")[0]
        return int(head) if head.isdigit() else 0


@dataclass(frozen=True)
class TorchBuild:
    """The torch to install, and why.

    Attributes:
        kind: "cpu", "cuda" or "mps": what it computes on.
        requirements: File of resources/requirements that pins it.
        reason: Sentence for people.
    """

    kind: str
    requirements: str
    reason: str


def choose_torch_build(system: str = "", nvidia_smi: str = "nvidia-smi", timeout_s: float = 20.0) -> TorchBuild:
    """Choose the torch build for this machine.

    Args:
        system: "Linux", "Windows" or "Darwin"; empty asks the running Python.
        nvidia_smi: Name or path of the NVIDIA driver's tool.
        timeout_s: How long the tool may take; a hanging driver counts as none.
    """
    system = system or platform.system()
    if system == "Darwin":
        return TorchBuild("mps", "torch-plain.txt", "On macOS one build serves CPU and Apple GPU.")
    gpus, problem = query_gpus(nvidia_smi, timeout_s)
    if not gpus:
        return _cpu_build(system, problem)
    return build_for_gpus(gpus, system)


def build_named(kind: str, system: str = "") -> TorchBuild:
    """Return the build that the user asks for against the suggestion: "cpu" or "cuda"."""
    system = system or platform.system()
    requirements = {"cpu": "torch-cpu.txt", "cuda": "torch-cuda.txt"}[kind] if system == "Linux" else "torch-plain.txt"
    return TorchBuild(kind, requirements, "Chosen by hand.")


def torch_index(requirements_dir: str, environ: Mapping[str, str]) -> str:
    """Return the address of the fall-back source of torch's wheels; empty if none is set.

    Args:
        requirements_dir: Folder of torch-index.txt, whose last line is the address.
        environ: Its UHR_TORCH_INDEX goes before the file.
    """
    with open(os.path.join(requirements_dir, "torch-index.txt"), encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    stored = next((line for line in lines if line and not line.startswith("#")), "")
    return environ.get("UHR_TORCH_INDEX", "") or stored


def build_for_gpus(gpus: List[Gpu], system: str = "Linux") -> TorchBuild:
    """Choose the torch build for the GPUs at hand; one that fits is enough."""
    fitting = [gpu for gpu in gpus if _refusal(gpu) is None]
    if not fitting:
        return _cpu_build(system, _refusal(gpus[0]) or "")
    gpu = fitting[0]
    return TorchBuild("cuda", "torch-cuda.txt", f"{gpu.name} with driver {gpu.driver} runs the CUDA build.")


def query_gpus(nvidia_smi: str = "nvidia-smi", timeout_s: float = 20.0) -> Tuple[List[Gpu], str]:
    """Return the NVIDIA GPUs, and a sentence that says why there are none (empty if there are)."""
    program = shutil.which(nvidia_smi)
    if program is None:
        return [], "No NVIDIA driver was found."
    problem = ""
    for fields in QUERIES:
        text, problem = _ask(program, fields, timeout_s)
        gpus = parse_gpus(text)
        if gpus:
            return gpus, ""
    return [], problem or "The NVIDIA driver reports no GPU."


def parse_gpus(text: str) -> List[Gpu]:
    """Read the tool's comma-separated lines; lines of another form are left out."""
    gpus = []
    for line in text.splitlines():
        # A GPU's name may hold commas, driver version and compute capability never do.
        parts = [part.strip() for part in line.split(",")]
        compute = _compute(parts[-1]) if len(parts) > 2 else None
        driver = parts[-2] if len(parts) > 2 else parts[-1]
        if len(parts) > 1 and driver.split(".")[0].isdigit():
            gpus.append(Gpu(parts[0], driver, compute))
    return gpus


def _ask(program: str, fields: str, timeout_s: float) -> Tuple[str, str]:
    command = [program, f"--query-gpu={fields}", "--format=csv,noheader"]
    # A console window must not flash up when QGIS on Windows asks.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # nosec B603 - absolute path, no shell, nothing of the user's in it
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout_s,
            check=False,
            creationflags=flags,
        )
    except subprocess.TimeoutExpired:
        return "", f"The NVIDIA driver did not answer within {timeout_s:g} s."
    except OSError as error:
        return "", f"The NVIDIA driver's tool cannot be started: {error.strerror or error}."
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        return "", f"The NVIDIA driver does not work: {(text.strip() or 'no message').splitlines()[0]}"
    return text, ""


def _refusal(gpu: Gpu) -> Optional[str]:
    if gpu.driver_branch < CUDA_DRIVER_FLOOR:
        return (
            f"{gpu.name} has driver {gpu.driver}; the CUDA build needs {CUDA_DRIVER_FLOOR} or newer. "
            "Update the NVIDIA driver to use the GPU."
        )
    if gpu.compute is not None and gpu.compute < CUDA_COMPUTE_FLOOR:
        have, need = (".".join(map(str, pair)) for pair in (gpu.compute, CUDA_COMPUTE_FLOOR))
        return f"{gpu.name} has compute capability {have}; the CUDA build needs {need} or newer."
    return None


def _cpu_build(system: str, reason: str) -> TorchBuild:
    # Only on Linux does the plain pin bring gigabytes of CUDA; elsewhere it is the CPU build.
    requirements = "torch-cpu.txt" if system == "Linux" else "torch-plain.txt"
    return TorchBuild("cpu", requirements, f"{reason} The CPU build is taken.".strip())


def _compute(text: str) -> Optional[Tuple[int, int]]:
    major, _, minor = text.partition(".")
    return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else None
