import itertools

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from uhr_landcover.models.layers.patching import (
    PatchMerger,
    add_patch_scores,
    crop_for_patches,
    cut_patches,
    empty_scores,
    pad_to_patch,
    patch_counts,
    patch_shares,
    patch_starts,
    plan_patches,
)


def test_plan_patches_deepglobe_size_gives_the_published_grid():
    grid = plan_patches(2448, 2448, 508)

    assert grid.row_starts == (0, 388, 776, 1164, 1552, 1940)
    assert len(grid) == 36
    assert grid.corners[7] == (388, 388)


@pytest.mark.parametrize(
    ("cells", "size", "starts"),
    [
        (127, 26, (0, 20, 40, 60, 81, 101)),
        (64, 13, (0, 10, 20, 30, 41, 51)),
        (32, 7, (0, 5, 10, 15, 20, 25)),
        (16, 3, (0, 3, 5, 8, 10, 13)),
    ],
)
def test_box_in_map_deepglobe_size_gives_the_published_crops(cells, size, starts):
    grid = plan_patches(2448, 2448, 508)

    boxes = [grid.box_in_map(i, cells, cells) for i in range(6)]

    assert tuple(b.left for b in boxes) == starts
    assert {(b.top, b.height, b.width) for b in boxes} == {(0, size, size)}


def test_patch_starts_side_of_one_patch_gives_one_patch():
    assert patch_starts(508, 508) == (0,)


def test_patch_starts_side_shorter_than_a_patch_is_refused():
    with pytest.raises(ValueError, match="shorter than a patch"):
        patch_starts(507, 508)


def test_patch_starts_patch_within_the_overlap_is_refused():
    with pytest.raises(ValueError, match="larger patches"):
        patch_starts(100, 50)


@given(length=st.integers(51, 6000), patch_px=st.integers(51, 700))
def test_patch_starts_cover_the_axis_and_overlap(length, patch_px):
    if length < patch_px:
        length, patch_px = patch_px, length
    starts = patch_starts(length, patch_px)

    assert starts[0] == 0
    assert starts[-1] == length - patch_px
    assert all(a + patch_px - b >= 49 for a, b in itertools.pairwise(starts))  # 50 before rounding


@given(st.integers(60, 5000), st.integers(60, 5000), st.integers(1, 130), st.integers(1, 130))
def test_box_in_map_any_size_lies_inside_and_is_not_empty(height, width, map_height, map_width):
    grid = plan_patches(height, width, 60)
    for index in {0, len(grid) // 2, len(grid) - 1}:
        box = grid.box_in_map(index, map_height, map_width)

        assert box.height >= 1
        assert box.width >= 1
        assert 0 <= box.top <= map_height - box.height
        assert 0 <= box.left <= map_width - box.width


def test_cut_then_add_returns_each_pixel_as_often_as_it_is_covered():
    height, width = 150, 230
    pixels = torch.arange(height * width, dtype=torch.float32).view(1, 1, height, width)  # value tells the place
    grid = plan_patches(height, width, 80)
    scores = empty_scores(pixels, 1)

    add_patch_scores(scores, grid, range(len(grid)), cut_patches(pixels, grid, range(len(grid))))

    assert torch.equal(scores, pixels * patch_counts(grid))


@pytest.mark.parametrize(("height", "width", "patch_px"), [(150, 230, 80), (80, 81, 80), (200, 199, 64)])
def test_shares_of_all_patches_add_up_and_go_over_evenly(height, width, patch_px):
    grid = plan_patches(height, width, patch_px)
    rows, cols = patch_shares(grid)
    total = torch.zeros(height, width)
    for index in range(len(grid)):
        row, col = divmod(index, len(grid.col_starts))
        total[grid.box(index).slices] += rows[row, :, None] * cols[col]

    assert torch.allclose(total, torch.ones_like(total))
    for shares, starts, length in ((rows, grid.row_starts, height), (cols, grid.col_starts, width)):
        overlap = min((a + patch_px - b for a, b in itertools.pairwise(starts)), default=patch_px)
        for share, start in zip(shares, starts, strict=True):
            along = torch.zeros(length + 2)  # nothing beyond the image, where nothing need go over
            along[start + 1 : start + 1 + patch_px] = share
            assert along[1:-1].diff().abs().max() <= 2 / overlap  # half of it where no third patch is near


def test_smooth_scores_of_a_plane_are_the_plane_and_leave_the_logits_alone():
    grid = plan_patches(150, 230, 80)
    plane = (2 * torch.arange(150.0)[:, None] + torch.arange(230.0)).view(1, 1, 150, 230)
    logits = functional.avg_pool2d(cut_patches(plane, grid, range(len(grid))), 4)
    scores, before = empty_scores(plane, 1), logits.clone()

    add_patch_scores(scores, grid, range(len(grid)), logits, smooth=True)

    inner = (..., slice(2, -2), slice(2, -2))
    away = torch.ones(150, 230, dtype=torch.bool)  # cells are not extended beyond their patch: 2 px of it are flat
    for top, left in grid.corners:
        for i in (0, 1, 78, 79):
            away[top + i], away[:, left + i] = False, False
    assert torch.allclose(scores[0, 0][inner][away[inner]], plane[0, 0][inner][away[inner]], atol=1e-3)
    assert torch.equal(logits, before)


def test_merge_of_a_constant_gives_the_constant_where_the_count_is_even():
    grid = plan_patches(80, 80, 80)
    like = torch.zeros(1, 2, 20, 20)
    merger = PatchMerger(like, grid)

    merger.add([0], torch.full((1, 2, 20, 20), 3.0))

    assert torch.equal(merger.merged(), torch.full_like(like, 3.0))


def test_crop_for_patches_takes_the_patches_place():
    grid = plan_patches(160, 160, 80)
    rows = torch.arange(40.0).view(1, 1, 40, 1).expand(1, 1, 40, 40)

    crop = crop_for_patches(rows, grid, [len(grid) - 1], (20, 20))

    assert torch.equal(crop[0, 0, :, 0], torch.arange(20.0, 40.0))


def test_pad_to_patch_small_image_repeats_its_border():
    image = torch.arange(6.0).view(1, 1, 2, 3)

    padded = pad_to_patch(image, 4)

    assert padded.shape == (1, 1, 4, 4)
    assert padded[0, 0, 3].tolist() == [3.0, 4.0, 5.0, 5.0]
