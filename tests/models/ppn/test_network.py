import pytest
import torch

from uhr_landcover.models.layers.losses import one_vs_all_focal_loss
from uhr_landcover.models.ppn.config import GRNetConfig
from uhr_landcover.models.ppn.network import PHASES, GRNet
from uhr_landcover.models.ppn.parts import tile_boxes
from uhr_landcover.models.ppn.proposals import PatchProposals, proposal_labels, region_scores

SIZES = {
    "global_px": 64,
    "global_depth": 18,
    "global_widths": (4, 4, 8, 8),
    "refine_widths": (4, 4, 8, 8),
    "proposal_widths": (4, 4, 8),
    "pyramid_width": 8,
    "detail_width": 4,
    "aggregation_width": 8,
}


def tiny(**choices):
    torch.manual_seed(1)
    network = GRNet(num_classes=5, config=GRNetConfig(**SIZES | choices))
    for m in network.modules():
        if isinstance(m, torch.nn.Conv2d) and m is not network.saliency.weigh:
            torch.nn.init.normal_(m.weight, std=m.weight[0].numel() ** -0.5)
    return network.eval()


def picture(height=160, width=192, n=1):
    return torch.randn(n, 3, height, width, generator=torch.Generator().manual_seed(2))


def labels(height=160, width=192, n=1):
    return torch.randint(0, 5, (n, height, width), generator=torch.Generator().manual_seed(3))


def selection(*indices, n=1):
    selected = torch.zeros(n, 16, dtype=torch.bool)
    selected[:, list(indices)] = True
    return selected


@pytest.mark.parametrize("size", [(160, 192), (65, 131), (64, 64)], ids=str)
def test_forward_any_size_gives_logits_of_that_size(size):
    with torch.inference_mode():
        logits = tiny()(picture(*size))

    assert logits.shape == (1, 5, *size)
    assert bool(logits.isfinite().all())


@pytest.mark.parametrize(
    "choices",
    [
        {"patch_input_px": 64},
        {"fusion": "logits"},
        {"fusion_scale": 2},
        {"saliency": "sigmoid"},
        {"joint_saliency": False},
        {"head_activation": True},
        {"aggregation_norm": False},
        {"keep_global_unselected": True},
        {"shared_proposal_backbone": True},
        {"overall_score": "running"},
        {"focal_form": "one_vs_all"},
        {"ignore_unknown": False},
        {"grid": 2},
        {"base": "isdnet", "fusion": "logits", "base_config": {"channels": 16, "deep_widths": [8, 8, 8, 8]}},
        {"base": "glnet", "fusion": "logits", "base_config": {"path": "global", "global_px": 64, "patch_px": 64}},
    ],
    ids=lambda c: next(iter(c.items())),
)
def test_every_choice_trains_and_predicts(choices):
    network = tiny(**choices)
    with torch.inference_mode():
        logits = network(picture())
    network.train().training_loss(picture(n=2), labels(n=2))["total"].backward()

    assert logits.shape == (1, 5, 160, 192)
    assert all(bool(p.grad.isfinite().all()) for p in network.parameters() if p.grad is not None)


def test_proposal_logits_of_an_image_sum_to_zero():
    network = tiny()
    with torch.inference_mode():
        logits = network.proposals(network.global_view(picture(n=3)))

    assert logits.sum(dim=1).abs().max() < 1e-5
    assert logits.abs().max() > 1e-4


def test_proposals_do_not_depend_on_the_layers_bias():
    network = tiny()
    before = network.select_patches(picture(n=3))
    network.proposals.score.bias.data += 7

    assert torch.equal(before, network.select_patches(picture(n=3)))


def test_selection_is_never_none_and_never_all():
    counts = tiny().select_patches(picture(n=8)).sum(dim=1)

    assert counts.min() >= 1
    assert counts.max() <= 15


def test_forward_of_two_images_equals_each_alone():
    network, images = tiny(), picture(n=2)
    with torch.inference_mode():
        together, apart = network(images), torch.cat([network(images[:1]), network(images[1:])])

    assert torch.allclose(together, apart, atol=1e-5)


def test_refining_a_patch_does_not_depend_on_the_others_selected():
    network, image = tiny(), picture()
    with torch.inference_mode():
        maps = network.look_at_view(network.global_view(image))
        alone = network.refine(image, maps, selection(6))
        among = network.refine(image, maps, selection(0, 6, 9, 15))

    assert among.where.tolist() == [[0, 0], [0, 6], [0, 9], [0, 15]]
    box = tile_boxes(*alone.placed.shape[-2:], network.choices.grid)[6].slices
    assert torch.allclose(alone.placed[(..., *box)], among.placed[(..., *box)], atol=1e-5)


def test_patch_batch_changes_nothing():
    network = tiny(selection="all")
    with torch.inference_mode():
        four = network(picture())
        network.patch_batch = 16
        assert torch.allclose(four, network(picture()), atol=1e-5)


def test_skipped_patches_cost_nothing():
    network, seen = tiny(), []
    network.refine_branch.register_forward_hook(lambda module, args, output: seen.append(len(args[0])))
    image = picture(n=2)
    with torch.inference_mode():
        network(image)

    assert sum(seen) == int(network.select_patches(image).sum())


def test_nothing_selected_leaves_the_refinement_branch_alone():
    network = tiny(selection="none")
    network.refine_branch.register_forward_hook(lambda *_: pytest.fail("the refinement branch ran"))

    assert network(picture()).shape == (1, 5, 160, 192)


def test_pixels_of_a_skipped_patch_matter_only_through_the_view():
    network, image = tiny(), picture()
    changed = image.clone()
    changed[:, :, :40, :48] += 1  # tile 0
    with torch.inference_mode():
        maps = network.look_at_view(network.global_view(image))
        before = network.logits_with_selection(image, maps, selection(15))
        after = network.logits_with_selection(changed, maps, selection(15))
        refined = network.logits_with_selection(changed, maps, selection(0, 15))

    assert torch.equal(before, after)
    assert not torch.allclose(before, refined)


def test_keep_global_unselected_keeps_the_global_logits_there():
    network, image = tiny(keep_global_unselected=True), picture(64 * 4, 64 * 4)
    with torch.inference_mode():
        maps = network.look_at_view(network.global_view(image))
        fused = network.aggregate(maps, network.refine(image, maps, selection(5)), selection(5))

    assert torch.equal(fused[:, :, :4], maps.logits[:, :, :4])
    assert not torch.allclose(fused[:, :, 4:8, 4:8], maps.logits[:, :, 4:8, 4:8])


def test_refine_input_of_fresh_saliency_is_the_patch():
    network, image = tiny(), picture()
    with torch.inference_mode():
        maps = network.look_at_view(network.global_view(image))
        patches = network.refine_input(image, maps.logits, selection(6).nonzero())

    assert torch.equal(patches, image[:, :, 40:80, 96:144])


def test_tiles_reassemble_the_image():
    image = torch.arange(67 * 50).view(1, 1, 67, 50)
    again = torch.zeros_like(image)
    for box in tile_boxes(67, 50, 4):
        again[(..., *box.slices)] += image[(..., *box.slices)]

    assert torch.equal(image, again)


def test_region_scores_hand_made_map():
    truth = torch.tensor([[[1, 1], [2, 2]], [[0, 0], [255, 255]]])
    found = torch.tensor([[[1, 2], [2, 2]], [[3, 0], [1, 1]]])

    scores = region_scores(found, truth, 4, 0)

    assert scores[0] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert scores[1] == 0  # class 3 was found where there is none; class 0 does not count


def test_proposal_labels_tile_worse_than_the_image_is_labelled():
    truth = torch.ones(1, 8, 8, dtype=torch.long)
    truth[:, 4:, 4:] = 255
    found = truth.clone().clamp(max=1)
    found[:, :4, :4] = 2
    logits = torch.nn.functional.one_hot(found, 3).movedim(-1, 1).float()

    worse, counts = proposal_labels(logits, truth, 2, 0)

    assert worse.tolist() == [[1, 0, 0, 0]]
    assert counts.tolist() == [[1, 1, 1, 0]]


@pytest.mark.parametrize("phase", PHASES)
def test_training_loss_reaches_exactly_what_the_phase_trains(phase):
    trained = {
        "joint": ("global_branch", "proposals", "refine_branch", "aggregation", "saliency.weigh"),
        "global": ("global_branch",),
        "proposal": ("proposals",),
        "mainbody": ("global_branch", "refine_branch", "aggregation", "saliency.weigh"),
    }[phase]
    network = tiny().train()
    network.phase = phase

    network.training_loss(picture(n=2), labels(n=2))["total"].backward()

    for name, parameter in network.named_parameters():
        if name.startswith("saliency.mix") or name == "proposals.score.bias":
            continue  # no gradient while the last saliency weight is 0; the bias cancels
        touched = parameter.grad is not None and bool(parameter.grad.abs().sum() > 0)
        assert touched == name.startswith(trained), name


def test_training_loss_of_proposals_leaves_the_global_statistics_alone():
    network = tiny().train()
    network.phase = "proposal"
    before = network.global_branch.backbone.bn1.running_mean.clone()

    network.training_loss(picture(n=2), labels(n=2))

    assert torch.equal(before, network.global_branch.backbone.bn1.running_mean)
    assert network.global_branch.training


def test_phase_of_epoch_follows_the_paper():
    phases = [tiny().phase_of_epoch(e) for e in (0, 9, 10, 11, 12)]

    assert phases == ["global", "global", "proposal", "mainbody", "proposal"]


def test_training_loss_without_known_pixels_is_zero():
    terms = tiny().training_loss(picture(), torch.full((1, 160, 192), 255))

    assert float(terms["total"].detach()) == 0


def test_one_vs_all_focal_loss_of_certain_truth_is_zero():
    ids = torch.tensor([[[0, 1], [2, 255]]])
    sure = 40 * torch.nn.functional.one_hot(ids.clamp(max=2), 3).movedim(-1, 1).float() - 20

    assert one_vs_all_focal_loss(sure, ids, 3.0) < 1e-6
    assert one_vs_all_focal_loss(-sure, ids, 3.0) > 10


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"global_px": 100}, "divisible by 16"),
        ({"saliency": "tanh"}, "saliency = 'tanh'"),
        ({"base": "isdnet"}, "fusion 'logits'"),
        ({"depth": 18}, "Unknown GRNet settings"),
    ],
    ids=["view", "choice", "base", "name"],
)
def test_config_that_does_not_fit_is_refused(choices, message):
    with pytest.raises(ValueError, match=message):
        GRNetConfig.from_dict(choices)


def test_config_survives_the_model_card():
    network = tiny(fusion_scale=2)

    assert GRNetConfig.from_dict(network.config) == network.choices


def _textured(seed, side=256):
    """Two halves of one mean colour: plain, and a checkerboard too fine for the small view; some tiles are obvious."""
    g = torch.Generator().manual_seed(seed)
    cells = torch.randint(0, 2, (2, 4, 4), generator=g).repeat_interleave(side // 4, 1).repeat_interleave(side // 4, 2)
    checkers = (torch.arange(side)[:, None] + torch.arange(side)[None, :]) % 2 * 2.0 - 1
    ids = 1 + cells
    image = 0.3 * torch.randn(2, 3, side, side, generator=g) + (cells * checkers)[:, None]
    return image, ids


def test_training_teaches_what_the_small_view_cannot_see():
    torch.manual_seed(0)
    sizes = SIZES | {"global_px": 64, "refine_widths": (8, 8, 8, 8), "proposal_widths": (4, 4, 8), "selection": "all"}
    network = GRNet(num_classes=3, config=GRNetConfig(**sizes)).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-2)
    for step in range(40):
        optimizer.zero_grad()
        network.training_loss(*_textured(step))["total"].backward()
        optimizer.step()
    image, ids = _textured(1000)

    with torch.inference_mode():
        network.eval()
        whole = float((network(image).argmax(1) == ids).float().mean())
        alone = float((network.global_logits(image).argmax(1) == ids).float().mean())

    assert whole > alone + 0.2, (whole, alone)


@torch.inference_mode()
def test_image_with_an_overflowed_proposal_has_no_finite_logits_and_the_other_is_as_alone():
    """In 16 bits a patch's score may leave the range: it was left unrefined without a word."""
    network, images = tiny().eval(), picture(n=2)
    alone = network(images[:1])
    proposals = network.proposals
    network.proposals.forward = lambda *given: PatchProposals.forward(proposals, *given).index_fill(
        0, torch.tensor([1]), torch.inf
    )

    logits = network(images)

    assert torch.allclose(logits[0], alone[0], atol=1e-5)
    assert bool(logits[1].isnan().all())
