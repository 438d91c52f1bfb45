import pytest
import torch

from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.isdnet.config import ISDNetConfig
from uhr_landcover.models.isdnet.network import ISDNet
from uhr_landcover.models.layers.resnet import ResNet
from uhr_landcover.models.pretrained import load_backbones

WIDTHS = (8, 16, 24, 32)


class Holder(torch.nn.Module):
    def __init__(self, **changes):
        super().__init__()
        self.backbone = ResNet(18, WIDTHS, **changes)


@pytest.fixture
def partial_file(tmp_path):
    """Layers up to the third, convolutions in 16 bits, as the shared files are."""
    torch.manual_seed(5)
    state = {k: v for k, v in ResNet(18, WIDTHS).state_dict().items() if not k.startswith("layer4")}
    state = {k: v.half() if v.ndim == 4 else v for k, v in state.items() if not k.endswith("num_batches_tracked")}
    torch.save(state | {"fc.weight": torch.zeros(3, 3)}, tmp_path / "resnet18_part.pt")
    return tmp_path / "resnet18_part.pt", state


def test_load_takes_what_the_file_has_and_names_what_stays_fresh(partial_file):
    path, state = partial_file
    holder = Holder()

    (row,) = load_backbones(holder, path)

    own = holder.backbone.state_dict()
    assert all(torch.equal(own[k], v.float()) for k, v in state.items())
    assert row.loaded == len(state)
    assert {k.split(".")[0] for k in row.fresh} == {"layer4"}


def test_load_into_another_stem_leaves_the_stem_fresh(partial_file):
    holder = Holder(deep_stem=True)

    (row,) = load_backbones(holder, partial_file[0])

    assert {k.split(".")[0] for k in row.fresh} == {"stem", "layer4"}


def test_load_keeps_convolution_and_normalisation_together(tmp_path, partial_file):
    state = dict(partial_file[1])
    state["layer1.0.conv1.weight"] = torch.zeros(9, 9, 3, 3)
    torch.save(state, tmp_path / "odd.pt")

    (row,) = load_backbones(Holder(), tmp_path / "odd.pt")

    assert {"layer1.0.conv1.weight", "layer1.0.bn1.weight", "layer1.0.bn1.running_var"} <= set(row.fresh)


def test_load_a_file_that_fits_nothing_is_refused(partial_file):
    narrow = ISDNet(
        config=ISDNetConfig(deep_widths=(24, 40, 56, 72), shallow_widths=(8, 8, 8, 8), channels=16, head_channels=8)
    )

    with pytest.raises(CheckpointError, match="fits no backbone of this ISDNet"):
        load_backbones(narrow, partial_file[0])


def test_the_shared_imagenet_file_fills_three_stages_of_the_published_isdnet(data_dir):
    network = ISDNet()

    (row,) = load_backbones(network, data_dir / "backbones" / "resnet18_imagenet_conv1_layer3_fp16.pt")

    assert not any(k.startswith(("layer1", "layer2", "layer3")) for k in row.fresh)
