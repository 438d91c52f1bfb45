import pytest
import torch

from uhr_landcover.models.isdnet.config import ISDNetConfig
from uhr_landcover.models.isdnet.network import ISDNet
from uhr_landcover.models.layers.laplacian import laplacian_residuals
from uhr_landcover.models.layers.losses import structure_distillation

COMPACT = ISDNetConfig(
    deep_widths=(8, 16, 16, 16), shallow_widths=(8, 8, 16, 16), channels=16, head_channels=8, aspp_dilations=(2, 4, 6)
)
TERMS = {"main", "deep", "context8", "context16", "fcn", "super_resolution", "distillation", "total"}


@pytest.fixture
def network():
    torch.manual_seed(0)
    return ISDNet(num_classes=5, config=COMPACT)


def test_published_size_has_the_published_parameters():
    with torch.device("meta"):
        network = ISDNet()

    assert sum(p.numel() for p in network.parameters()) == 17_780_554


@pytest.mark.parametrize("size", [(64, 64), (96, 128), (72, 104), (128, 64), (251, 333), (65, 97)], ids=str)
def test_forward_any_legal_size_gives_logits_of_that_size(network, size):
    logits = network.eval()(torch.randn(2, 3, *size))

    assert logits.shape == (2, 5, *size)
    assert bool(logits.isfinite().all())


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [((1, 4, 64, 64), "4 channels"), ((1, 3, 32, 32), "at least 64 px. Pad it to 64 × 64")],
    ids=["bands", "small"],
)
def test_forward_refuses_images_that_do_not_fit(network, shape, sentence):
    with pytest.raises(ValueError, match=sentence):
        network(torch.zeros(shape))


@pytest.mark.parametrize("size", [(251, 333), (66, 101)], ids=str)
def test_scores_of_an_odd_image_are_an_eighth_of_it_rounded_up_and_resized(network, size):
    image = torch.randn(1, 3, *size)

    with torch.inference_mode():
        raw, whole = network.eval().raw_logits(image), network(image)

    assert raw.shape == (1, 5, -(-size[0] // 8), -(-size[1] // 8))
    assert torch.allclose(whole, torch.nn.functional.interpolate(raw, size=size, mode="bilinear"), atol=1e-5)


def test_strips_change_no_score_of_an_odd_image(network):
    image = torch.randn(1, 3, 251, 333)
    with torch.inference_mode():
        whole = network.eval()(image)
        network.row_strips = 4
        in_strips = network(image)

    assert torch.equal(whole, in_strips)


def test_training_loss_refuses_crops_whose_sides_are_no_multiples(network):
    with pytest.raises(ValueError, match="65 × 64 px; sides must be multiples of 8"):
        network.training_loss(torch.randn(2, 3, 64, 65), torch.randint(0, 5, (2, 64, 65)))


def test_training_loss_names_the_seven_terms_and_reaches_every_parameter(network):
    labels = torch.randint(0, 5, (2, 64, 96))
    labels[:, :8] = 255
    with torch.no_grad():  # the relation gains start at 0, which hides the relation networks from the gradient
        for fusion in (network.refine_head.fuse8, network.refine_head.fuse16):
            fusion.g1.fill_(0.5)
            fusion.g2.fill_(0.5)

    terms = network.train().training_loss(torch.randn(2, 3, 64, 96), labels)
    terms["total"].backward()

    assert set(terms) == TERMS
    assert [name for name, p in network.named_parameters() if p.grad is None] == []


def test_training_loss_total_weighs_the_terms_as_the_authors_do(network):
    terms = network.training_loss(torch.randn(2, 3, 64, 64), torch.randint(0, 5, (2, 64, 64)))

    full = [terms[k] for k in ("main", "deep", "context8", "context16", "distillation")]
    assert torch.allclose(terms["total"], sum(full) + 0.4 * terms["fcn"] + 0.1 * terms["super_resolution"])


def test_structure_distillation_gives_the_super_resolution_side_no_gradient():
    deep = torch.randn(1, 4, 3, 3, requires_grad=True)
    sr = torch.randn(1, 4, 12, 12, requires_grad=True)

    structure_distillation(deep, sr).backward()

    assert sr.grad is None
    assert float(deep.grad.abs().sum()) > 0


def test_structure_distillation_of_equal_features_is_zero():
    feature = torch.randn(2, 4, 5, 5)

    assert float(structure_distillation(feature, feature)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("size", [(16, 16), (17, 19)], ids=str)
def test_laplacian_residuals_of_a_flat_image_are_zero_inside(size):
    residuals = laplacian_residuals(torch.full((1, 3, *size), 0.7))

    assert residuals.shape == (1, 6, *size)
    assert float(residuals[..., 4:-4, 4:-4].abs().max()) < 1e-6


def test_config_refuses_widths_that_cannot_be_folded():
    with pytest.raises(ValueError, match="divisible by 16"):
        ISDNetConfig.from_dict({"channels": 24})
