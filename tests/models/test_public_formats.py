"""The authors' file formats, with files made after the key tables in tests/golden."""

import collections
import os
import sys
import time
from pathlib import Path

import pytest
import torch

from uhr_landcover.models.errors import CheckpointDamaged, CheckpointError, CheckpointMissing
from uhr_landcover.models.public_formats import (
    export_public,
    export_public_glnet_global,
    import_glnet,
    import_isdnet,
    read_public_state,
)

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
sys.path.insert(0, str(GOLDEN))

from fill import fill_tensor  # noqa: E402


def key_table(name):
    """Return key → shape of a public model."""
    rows = (GOLDEN / f"{name}_state_dict.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table = {}
    for row in rows:
        key, shape = row.split("\t")[:2]
        table[key] = () if shape == "scalar" else tuple(int(n) for n in shape.split("x"))
    return table


def canonical(key):
    for alias, index in {"x2.0.0": 0, "x4.0.1": 1, "x8.0.2": 2, "x8.0.3": 3, "x16.0.4": 4, "x16.0.5": 5}.items():
        key = key.replace(f"stdc_net.{alias}.", f"stdc_net.features.{index}.")
    return key.removeprefix("module.")


@pytest.fixture(scope="module")
def isdnet_state():
    return collections.OrderedDict((k, fill_tensor(canonical(k), s, 3.0, 2)) for k, s in key_table("isdnet").items())


def test_key_table_has_the_published_size(isdnet_state):
    assert len(isdnet_state) == 560


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
def test_import_isdnet_mmcv_file_gives_its_weights(tmp_path, isdnet_state, zipped):
    path = tmp_path / "isdnet.pth"
    meta = {"epoch": 1, "CLASSES": ("urban", "water"), "config": "model = dict()"}
    torch.save({"meta": meta, "state_dict": isdnet_state}, path, _use_new_zipfile_serialization=zipped)

    checkpoint = import_isdnet(path)

    ours = checkpoint.network.state_dict()
    assert all(torch.equal(ours[canonical(k)], v) for k, v in isdnet_state.items())
    assert checkpoint.card.tile_px == 2448


def test_export_isdnet_gives_back_every_key_of_the_public_file(tmp_path, isdnet_state):
    torch.save(isdnet_state, tmp_path / "isdnet.pth")

    exported = export_public(import_isdnet(tmp_path / "isdnet.pth"))

    assert set(exported) == set(isdnet_state)
    assert all(torch.equal(exported[k], v) for k, v in isdnet_state.items())


def test_import_lists_every_missing_and_unexpected_key(tmp_path, isdnet_state):
    state = dict(isdnet_state)
    del state["backbone.stem.0.weight"], state["refine_head.fuse8.g1"]
    torch.save(state | {"extra.weight": torch.zeros(1)}, tmp_path / "a.pth")

    with pytest.raises(CheckpointDamaged) as caught:
        import_isdnet(tmp_path / "a.pth")

    for name in ("backbone.stem.0.weight", "refine_head.fuse8.g1", "extra.weight"):
        assert name in str(caught.value)


def test_import_refuses_aliases_that_differ(tmp_path, isdnet_state):
    key = "refine_head.stdc_net.x2.0.0.conv.weight"
    torch.save(dict(isdnet_state) | {key: isdnet_state[key] + 1}, tmp_path / "a.pth")

    with pytest.raises(CheckpointDamaged, match="should be equal"):
        import_isdnet(tmp_path / "a.pth")


class Bomb:
    """Runs a command when unpickled carelessly."""

    def __init__(self, target):
        self.target = target

    def __reduce__(self):
        return os.system, (f"touch '{self.target}'",)


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
def test_read_malicious_file_runs_nothing(tmp_path, zipped):
    target = tmp_path / "was_run"
    torch.save({"state_dict": Bomb(target)}, tmp_path / "evil.pth", _use_new_zipfile_serialization=zipped)

    with pytest.raises(CheckpointDamaged, match="holds more than weights"):
        read_public_state(tmp_path / "evil.pth")

    assert not target.exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04rest"], ids=["empty", "text", "cut zip"])
def test_read_file_that_is_no_checkpoint_is_refused(tmp_path, content):
    (tmp_path / "a.pth").write_bytes(content)

    with pytest.raises(CheckpointDamaged):
        read_public_state(tmp_path / "a.pth")


def test_read_truncated_file_is_refused(tmp_path):
    torch.save({"a": torch.zeros(1000)}, tmp_path / "a.pth")
    data = (tmp_path / "a.pth").read_bytes()
    (tmp_path / "a.pth").write_bytes(data[: len(data) // 2])

    with pytest.raises(CheckpointDamaged):
        read_public_state(tmp_path / "a.pth")


def test_read_missing_file_says_so(tmp_path):
    with pytest.raises(CheckpointMissing, match="There is no file"):
        read_public_state(tmp_path / "none.pth")


def test_import_huge_view_is_refused_without_taking_memory(tmp_path, isdnet_state):
    state = dict(isdnet_state)
    state["backbone.stem.0.weight"] = torch.zeros(1).expand(10**9)
    torch.save(state, tmp_path / "a.pth")

    with pytest.raises(CheckpointDamaged, match=r"claims 4,000,000,000 bytes for .backbone.stem.0.weight. and holds 4"):
        import_isdnet(tmp_path / "a.pth")


@pytest.fixture(scope="module")
def glnet_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("glnet")
    files = {}
    for stage, seed in (("global", 1), ("global_and_local", 0)):
        state = {k: fill_tensor(canonical(k), s, 1.5, seed) for k, s in key_table("glnet").items()}
        files[stage] = folder / f"{stage}.pth"
        torch.save(state, files[stage], _use_new_zipfile_serialization=False)
    return files


def test_import_glnet_takes_the_fixed_branch_from_the_global_file(glnet_files):
    ours = import_glnet(glnet_files).network.state_dict()

    fixed, own = read_public_state(glnet_files["global"]), read_public_state(glnet_files["global_and_local"])
    assert torch.equal(ours["fixed_resnet_global.conv1.weight"], fixed["resnet_global.conv1.weight"])
    assert torch.equal(ours["resnet_global.conv1.weight"], own["resnet_global.conv1.weight"])
    assert torch.equal(ours["ensemble_conv.weight"], own["ensemble_conv.weight"])


def test_import_glnet_without_the_global_file_says_which_is_missing(glnet_files):
    with pytest.raises(CheckpointError, match="also needs the public file of stage global"):
        import_glnet({"global_and_local": glnet_files["global_and_local"]})


def test_export_glnet_gives_back_what_the_path_holds(glnet_files):
    checkpoint = import_glnet(glnet_files)

    exported, fixed = export_public(checkpoint), export_public_glnet_global(checkpoint)

    table = key_table("glnet")
    assert all(k in table and tuple(v.shape) == table[k] for k, v in (exported | fixed).items())
    assert "module.ensemble_conv.weight" in exported
    assert "module.fpn_global.toplayer.weight" in fixed


@pytest.mark.parametrize("size", [10**12, 2**40])
def test_tensor_of_stride_0_that_claims_terabytes_is_refused_at_once(tmp_path, size):
    begun = time.monotonic()
    torch.save({"a": torch.zeros(4), "b": torch.zeros(1).expand(size)}, tmp_path / "huge.pth")
    assert (tmp_path / "huge.pth").stat().st_size < 10_000

    with pytest.raises(CheckpointDamaged, match=r"claims .* bytes for 'b' and holds 4"):
        read_public_state(tmp_path / "huge.pth")

    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("tensor", [torch.eye(3).to_sparse(), torch.zeros(2, device="meta")], ids=["sparse", "meta"])
def test_tensor_that_is_not_plain_is_refused(tmp_path, tensor):
    torch.save({"a": tensor}, tmp_path / "odd.pth")

    with pytest.raises(CheckpointDamaged):
        read_public_state(tmp_path / "odd.pth")
