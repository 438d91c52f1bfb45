"""Limits of containers: what the group may have, not what the machine has; files of both versions of the kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from uhr_landcover.engine.system import container, host

GIB = 1024**3


def write(root: Path, **files: str) -> None:
    for name, content in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{content}\n")


@pytest.fixture
def tree(tmp_path):
    """A process of the group /a/b, and the folders in which a kernel shows groups."""
    proc, groups = tmp_path / "proc", tmp_path / "cgroup"
    (proc / "self").mkdir(parents=True)
    groups.mkdir()
    return proc, groups


def test_version_2_tells_the_tightest_limit_of_the_groups_around(tree):
    proc, groups = tree
    (proc / "self" / "cgroup").write_text("0::/a/b\n")
    write(groups, **{"a/memory.max": str(2 * GIB), "a/memory.current": str(GIB), "a/cpu.max": "150000 100000"})
    write(groups, **{"a/b/memory.max": "max", "a/b/memory.current": str(GIB), "a/b/cpu.max": "max 100000"})
    (groups / "a" / "memory.stat").write_text(f"anon 5\ninactive_file {GIB // 2}\n")

    assert container.memory_limit_bytes(proc, groups) == 2 * GIB
    assert container.free_memory_bytes(proc, groups) == 2 * GIB - GIB // 2
    assert container.processors(proc, groups) == 2


def test_version_2_inside_a_container_tells_the_limit_at_the_root(tree):
    proc, groups = tree
    (proc / "self" / "cgroup").write_text("0::/\n")
    write(groups, **{"memory.max": str(GIB), "memory.current": str(GIB // 4), "cpu.max": "50000 100000"})

    assert container.free_memory_bytes(proc, groups) == GIB - GIB // 4
    assert container.processors(proc, groups) == 1


def test_version_1_tells_limits_of_its_controllers_also_where_the_path_is_the_machines(tree):
    proc, groups = tree
    lines = ("12:memory:/docker/0af1", "5:cpu,cpuacct:/docker/0af1", "1:name=systemd:/docker/0af1", "0::/x")
    (proc / "self" / "cgroup").write_text("\n".join(lines) + "\n")
    write(groups, **{"memory/memory.limit_in_bytes": str(GIB), "memory/memory.usage_in_bytes": str(GIB // 2)})
    (groups / "memory" / "memory.stat").write_text(f"cache 9\ntotal_inactive_file {GIB // 4}\n")
    write(groups, **{"cpu,cpuacct/cpu.cfs_quota_us": "250000", "cpu,cpuacct/cpu.cfs_period_us": "100000"})

    assert container.memory_limit_bytes(proc, groups) == GIB
    assert container.free_memory_bytes(proc, groups) == GIB - GIB // 4
    assert container.processors(proc, groups) == 3


def test_without_limits_or_groups_nothing_is_told(tree):
    proc, groups = tree
    assert container.memory_limit_bytes(proc, groups) is None
    (proc / "self" / "cgroup").write_text("4:memory:/\n0::/../..\nrubbish\n")
    write(groups, **{"memory/memory.limit_in_bytes": "9223372036854771712", "memory.max": "max", "cpu.max": "max"})

    assert container.memory_limit_bytes(proc, groups) is None
    assert container.free_memory_bytes(proc, groups) is None
    assert container.processors(proc, groups) is None


def test_limits_of_the_container_bound_what_the_plan_sees(monkeypatch):
    monkeypatch.setattr(container, "memory_limit_bytes", lambda: GIB)
    monkeypatch.setattr(container, "free_memory_bytes", lambda: GIB // 2)
    monkeypatch.setattr(container, "processors", lambda: 1)
    monkeypatch.setattr(host.sys, "platform", "linux")

    assert host.total_memory_bytes() == GIB
    assert host.free_memory_bytes() == GIB // 2
    assert host.usable_cores() == 1
