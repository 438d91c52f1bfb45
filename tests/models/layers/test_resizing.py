import numpy as np
import pytest
import torch
from PIL import Image

from uhr_landcover.models.layers.resizing import resize_8bit, resize_antialiased, resize_labels, resize_unit_8bit


def _picture(height, width):
    return np.random.RandomState(0).randint(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    ("height", "width", "size"), [(300, 360, 126), (245, 245, 51), (100, 60, 64), (64, 200, 64), (50, 50, 50)]
)
def test_resize_8bit_equals_pillow_columns_first(height, width, size):
    pixels = _picture(height, width)
    columns = Image.fromarray(pixels).resize((size, height), Image.BILINEAR)
    expected = np.asarray(columns.resize((size, size), Image.BILINEAR))

    ours = resize_8bit(torch.from_numpy(pixels).permute(2, 0, 1)[None], (size, size))

    assert np.array_equal(ours[0].permute(1, 2, 0).numpy(), expected)


def test_resize_unit_8bit_keeps_eight_bit_levels():
    pixels = torch.from_numpy(_picture(90, 120)).permute(2, 0, 1)[None]

    ours = resize_unit_8bit(pixels.float() / 255, (40, 40))

    assert torch.equal((ours * 255).round().to(torch.uint8), resize_8bit(pixels, (40, 40)))


def test_resize_antialiased_differs_from_8bit_by_rounding_only():
    pixels = torch.from_numpy(_picture(90, 120)).permute(2, 0, 1)[None]

    ours = resize_antialiased(pixels.float(), (40, 40))

    assert (ours - resize_8bit(pixels, (40, 40)).float()).abs().max() <= 1.0


def test_resize_labels_takes_the_label_under_the_middle():
    labels = torch.arange(36).view(1, 6, 6)

    assert resize_labels(labels, (2, 2)).tolist() == [[[7, 10], [25, 28]]]
