"""Rounding of the weights of a starter."""

from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def rounded(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import ship_starter

    return ship_starter.rounded


def test_rounded_values_are_within_half_a_step_of_eight_bits(rounded):
    values = torch.randn(10_000, generator=torch.Generator().manual_seed(0))

    error = (rounded(values) - values).abs() / values.abs()

    assert float(error.max()) <= 2**-8 + 2**-11
    assert float(error.max()) > 2**-9


def test_rounded_values_have_zeros_in_the_lowest_bits_and_their_sign(rounded):
    values = torch.tensor([0.0, 1.0, -1.0, 1.0078125, -0.3, 6e-5])

    found = rounded(values)

    assert found[:3].tolist() == [0.0, 1.0, -1.0]
    assert found[3] == 1.0078125  # 1 + 2**-7 has eight significant bits
    assert found[4] == pytest.approx(-0.3, rel=2**-8)
    assert (found.to(torch.float16).view(torch.int16) & 7).tolist() == [0] * 6


def test_rounding_again_changes_nothing(rounded):
    values = rounded(torch.randn(1000, generator=torch.Generator().manual_seed(1)))

    assert torch.equal(rounded(values), values)
