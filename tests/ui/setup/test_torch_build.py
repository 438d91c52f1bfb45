"""The torch build for each kind of driver, told by a fake nvidia-smi."""

import os

import pytest

from uhr_landcover.ui.setup.torch_build import Gpu, build_for_gpus, choose_torch_build, parse_gpus, query_gpus

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fake nvidia-smi is a shell script")


@pytest.fixture
def nvidia_smi(tmp_path):
    """Return a function that makes an nvidia-smi of a shell script's lines."""

    def make(*lines):
        path = tmp_path / "nvidia-smi"
        path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        path.chmod(0o755)
        return str(path)

    return make


def _choose(program, system="Linux", **options):
    return choose_torch_build(system=system, nvidia_smi=program, **options)


def test_choose_current_driver_takes_cuda(nvidia_smi):
    build = _choose(nvidia_smi("echo 'NVIDIA H200, 580.65.06, 9.0'"))

    assert (build.kind, build.requirements) == ("cuda", "torch-cuda.txt")
    assert "NVIDIA H200" in build.reason
    assert "580.65.06" in build.reason


def test_choose_old_driver_takes_cpu_and_says_what_is_needed(nvidia_smi):
    build = _choose(nvidia_smi("echo 'Quadro RTX 4000, 470.256.02, 7.5'"))

    assert (build.kind, build.requirements) == ("cpu", "torch-cpu.txt")
    assert "470.256.02" in build.reason
    assert "580" in build.reason


def test_choose_old_gpu_with_new_driver_takes_cpu(nvidia_smi):
    build = _choose(nvidia_smi("echo 'Tesla P100-PCIE-16GB, 580.65.06, 6.0'"))

    assert build.kind == "cpu"
    assert "compute capability 6.0" in build.reason


def test_choose_one_fitting_gpu_of_two_is_enough(nvidia_smi):
    build = _choose(nvidia_smi("echo 'Tesla P100-PCIE-16GB, 580.65.06, 6.0'", "echo 'NVIDIA L4, 580.65.06, 8.9'"))

    assert build.kind == "cuda"
    assert "L4" in build.reason


def test_choose_driver_that_does_not_know_compute_capability_is_asked_again(nvidia_smi):
    program = nvidia_smi(
        'case "$*" in *compute_cap*) echo "Field \\"compute_cap\\" is not a valid field to query."; exit 2;; esac',
        "echo 'NVIDIA A2, 581.10'",
    )

    assert query_gpus(program) == ([Gpu("NVIDIA A2", "581.10", None)], "")
    assert _choose(program).kind == "cuda"


def test_choose_no_tool_takes_cpu(tmp_path):
    build = _choose(str(tmp_path / "nvidia-smi"))

    assert build.kind == "cpu"
    assert "No NVIDIA driver" in build.reason


def test_choose_tool_without_gpu_takes_cpu(nvidia_smi):
    build = _choose(nvidia_smi("exit 0"))

    assert build.kind == "cpu"
    assert "reports no GPU" in build.reason


def test_choose_broken_driver_takes_cpu_and_passes_its_message_on(nvidia_smi):
    message = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."
    build = _choose(nvidia_smi(f'echo "{message}"', "echo 'Make sure that it is installed.'", "exit 9"))

    assert build.kind == "cpu"
    assert message in build.reason
    assert "Make sure" not in build.reason


def test_choose_program_that_cannot_run_takes_cpu(tmp_path):
    path = tmp_path / "nvidia-smi"
    path.write_bytes(b"\x7fELF nothing")
    path.chmod(0o755)

    build = _choose(str(path))

    assert build.kind == "cpu"
    assert "cannot be started" in build.reason


def test_choose_hanging_driver_takes_cpu(nvidia_smi):
    build = _choose(nvidia_smi("exec sleep 30"), timeout_s=0.2)

    assert build.kind == "cpu"
    assert "did not answer" in build.reason


@pytest.mark.parametrize("text", ["nonsense", "a, b, c", "\x00\xff", "NVIDIA L4, [N/A], 8.9", ",,,"])
def test_choose_unreadable_answer_takes_cpu(nvidia_smi, tmp_path, text):
    (tmp_path / "answer").write_text(text, encoding="utf-8")

    assert _choose(nvidia_smi(f"cat '{tmp_path / 'answer'}'")).kind == "cpu"


def test_choose_outside_linux_never_asks_for_the_cpu_wheel_of_linux(nvidia_smi):
    assert _choose(nvidia_smi("exit 0"), system="Windows").requirements == "torch-plain.txt"
    assert _choose(nvidia_smi("exit 0"), system="Darwin") == build_for_mac()


def build_for_mac():
    return choose_torch_build(system="Darwin", nvidia_smi="no such program")


def test_choose_on_a_mac_takes_the_build_for_both(nvidia_smi):
    assert (build_for_mac().kind, build_for_mac().requirements) == ("mps", "torch-plain.txt")


def test_parse_gpus_name_with_comma_keeps_driver_and_capability():
    assert parse_gpus("GPU, of two words, 580.1, 8.9") == [Gpu("GPU", "580.1", (8, 9))]


def test_build_for_gpus_exact_floor_is_enough():
    assert build_for_gpus([Gpu("T4", "580.00", (7, 5))]).kind == "cuda"
    assert build_for_gpus([Gpu("T4", "579.99", (7, 5))]).kind == "cpu"
