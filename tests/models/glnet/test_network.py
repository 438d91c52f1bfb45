import pytest
import torch

from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.glnet.config import PATHS, GLNetConfig
from uhr_landcover.models.glnet.network import FEATURE_LOSS_WEIGHT, build_glnet, training_stages
from uhr_landcover.models.layers.patching import plan_patches

SIZES = {
    "global_px": 64,
    "patch_px": 64,
    "depth": 18,
    "backbone_widths": (4, 4, 8, 8),
    "pyramid_width": 8,
    "detail_width": 4,
}


def tiny(path, *, num_classes=5, trained=True, **changes):
    torch.manual_seed(1)
    network = build_glnet(num_classes=num_classes, config=GLNetConfig(path=path, **SIZES | changes))
    if trained:
        for m in network.modules():
            if isinstance(m, torch.nn.BatchNorm2d):
                m.running_mean.normal_(0, 0.1)
            if isinstance(m, torch.nn.Conv2d):
                torch.nn.init.normal_(m.weight, std=(m.weight[0].numel()) ** -0.5)
    return network.eval()


def picture(height=96, width=112, n=1):
    return torch.randint(0, 256, (n, 3, height, width), generator=torch.Generator().manual_seed(2)).float() / 255


def labels(height=96, width=112, n=1):
    return torch.randint(0, 5, (n, height, width), generator=torch.Generator().manual_seed(3))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [(96, 112), (64, 64), (40, 64), (33, 150)], ids=str)
def test_forward_any_size_gives_logits_of_that_size(path, size):
    with torch.inference_mode():
        logits = tiny(path)(picture(*size))

    assert logits.shape == (1, 5, *size)
    assert logits.dtype == torch.float32
    assert bool(logits.isfinite().all())


@pytest.mark.parametrize("path", PATHS)
def test_forward_of_two_images_equals_each_alone(path):
    network, images = tiny(path), picture(n=2)
    with torch.inference_mode():
        together, apart = network(images), torch.cat([network(images[:1]), network(images[1:])])

    assert torch.allclose(together, apart, atol=1e-5)


@pytest.mark.parametrize("path", PATHS[1:])
def test_forward_sub_batch_size_changes_nothing(path):
    six, one = tiny(path), tiny(path)
    one.load_state_dict(six.state_dict())
    one.patch_batch = 1
    with torch.inference_mode():
        assert torch.allclose(six(picture()), one(picture()), atol=1e-5)


@pytest.mark.parametrize("path", PATHS[1:])
def test_forward_is_the_mean_of_scores(path):
    network = tiny(path)
    with torch.inference_mode():
        scores, logits = network.scores(picture()), network(picture())

    counts = torch.zeros(96, 112)
    for top, left in plan_patches(96, 112, 64).corners:
        counts[top : top + 64, left : left + 64] += 1
    assert torch.allclose(scores / counts, logits)


def phases(classes):
    """Return the shares of class changes of neighbouring columns by the columns' places in blocks of four."""
    changes = (classes[:, 1:] != classes[:, :-1]).float().mean(dim=0)
    return torch.stack([changes[k::4].mean() for k in range(4)]) / changes.mean()


@pytest.mark.parametrize(("path", "side"), [("global", 64), ("global_to_local", 76), ("global_and_local", 76)])
def test_smooth_form_shows_no_blocks_and_agrees_with_the_published_one(path, side):
    network, image = tiny(path), picture(side, side)  # patches begin at 0 and 12: all blocks lie at multiples of four
    with torch.inference_mode():
        published = network(image)
        network.smooth_patches = True
        smooth = network(image)

    blocks, none = (phases(logits[0].argmax(dim=0)) for logits in (published, smooth))
    assert blocks[:3].max() == 0  # all changes are between the fourth column of a block and the next
    assert 0.4 < none.min() <= none.max() < 1.6
    assert torch.corrcoef(torch.stack([published.flatten(), smooth.flatten()]))[0, 1] > 0.9


def test_halves_of_the_aggregation_add_up_to_it():
    network = tiny("global_to_local")
    local, context = torch.randn(2, 16, 9, 9), torch.randn(2, 16, 9, 9)

    whole = network.ensemble_conv(torch.cat([local, context], dim=1))

    assert torch.allclose(network.local_half(local) + network.global_half(context), whole, atol=1e-5)


@pytest.mark.parametrize("path", PATHS)
def test_training_loss_reaches_exactly_what_the_stage_trains(path):
    network = tiny(path).train()

    network.training_loss(picture(), labels())["total"].backward()

    for name, parameter in network.named_parameters():
        touched = parameter.grad is not None and bool(parameter.grad.abs().sum() > 0)
        assert touched != name.startswith(network.frozen or ("nothing",)), name


@pytest.mark.parametrize("path", PATHS)
def test_training_terms_one_by_one_give_the_gradients_of_the_sum(path):
    network = tiny(path, sub_batch=3)  # in inference mode, so that batch statistics stay as they are
    network.training_loss(picture(n=2), labels(n=2))["total"].backward()
    whole = {k: p.grad.clone() for k, p in network.named_parameters() if p.grad is not None}
    network.zero_grad()
    for terms in network.training_terms(picture(n=2), labels(n=2)):
        terms["total"].backward()

    parts = {k: p.grad for k, p in network.named_parameters() if p.grad is not None}
    assert parts.keys() == whole.keys()
    assert all(torch.allclose(parts[k], whole[k], atol=1e-5) for k in whole)


def test_training_terms_of_stage_two_sum_up_as_published():
    terms = tiny("global_to_local").training_loss(picture(), labels())

    total = terms["local"] + terms["ensemble"] + terms["features"]
    assert torch.allclose(terms["total"], total)
    assert FEATURE_LOSS_WEIGHT == 0.15


def test_training_loss_ignores_unlabelled_pixels():
    network, ids = tiny("global_to_local"), labels()
    ids[:, :, 56:] = 255
    changed = picture()
    terms = network.training_loss(changed, ids)
    all_ignored = network.training_loss(changed, torch.full_like(ids, 255))

    assert float(terms["ensemble"].detach()) > 0
    assert float(all_ignored["ensemble"].detach()) == 0


def test_train_keeps_frozen_parts_in_inference():
    network = tiny("global_and_local").train()

    assert not network.resnet_local.training
    assert not network.fixed_resnet_global.training
    assert network.resnet_global.training


def test_stages_start_from_the_one_before_and_take_what_it_learnt():
    first, second, third = (tiny(path) for path in training_stages("global_and_local"))
    second.start_from(first)
    third.start_from(second)

    image = picture()
    with torch.inference_mode():
        shared, _ = first.fpn_global(first.resnet_global(first.global_view(image)))
        fixed = third.fixed_fpn_global.share(third.fixed_resnet_global(third.global_view(image)))
    assert all(torch.equal(a, b) for a, b in zip(shared.flat(), fixed.flat(), strict=True))
    assert torch.equal(third.ensemble_conv.weight, second.ensemble_conv.weight)
    assert torch.equal(third.resnet_global.conv1.weight, first.resnet_global.conv1.weight)


@pytest.mark.parametrize(
    ("stage", "previous", "message"),
    [
        (tiny("global_to_local"), tiny("global_and_local"), "starts from a trained stage 'global'"),
        (tiny("global_and_local"), tiny("global"), "starts from a trained stage 'global_to_local'; found 'global'"),
        (tiny("global_to_local"), tiny("global", num_classes=4), "5 classes"),
        (tiny("global_to_local"), tiny("global", pyramid_width=12), "pyramid_width"),
        (tiny("global_to_local"), tiny("global", trained=False), "never been trained"),
        (tiny("global"), tiny("global"), "starts from nothing"),
    ],
    ids=["wrong stage", "skipped stage", "classes", "sizes", "untrained", "first stage"],
)
def test_start_from_unsuitable_stage_is_refused(stage, previous, message):
    with pytest.raises(CheckpointError, match=message):
        stage.start_from(previous)


@pytest.mark.parametrize("path", PATHS[1:])
def test_training_loss_on_an_untrained_global_branch_is_refused(path):
    with pytest.raises(CheckpointError, match="never been trained"):
        tiny(path, trained=False).training_loss(picture(), labels())


def test_config_survives_the_model_card():
    network = tiny("global_to_local")

    again = GLNetConfig.from_dict(network.config)

    assert again == network.sizes


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"path": "both"}, "no path"), ({"patch_px": 90}, "divisible by 4"), ({"mode": 3}, "Unknown GLNet settings")],
    ids=["path", "size", "name"],
)
def test_config_that_does_not_fit_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        GLNetConfig.from_dict(settings)


def test_forward_wrong_channels_is_refused():
    with pytest.raises(ValueError, match="4 channels"):
        tiny("global")(torch.rand(1, 4, 96, 96))
