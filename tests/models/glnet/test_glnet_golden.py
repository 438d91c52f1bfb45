import sys
from pathlib import Path

import pytest

from uhr_landcover.models.glnet.folded import FoldedGLNet
from uhr_landcover.models.inference.winograd import WinogradConv2d, use_winograd

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
sys.path.insert(0, str(GOLDEN))


def winograd(network):
    quick = use_winograd(network)
    assert any(isinstance(m, WinogradConv2d) for m in quick.modules())
    return quick


FORMS = {
    "folded": (FoldedGLNet, 1e-3),
    "Winograd's convolutions": (winograd, 2e-4),
    "folded, Winograd's convolutions": (lambda network: winograd(FoldedGLNet(network)), 1e-3),
}


@pytest.mark.parametrize("form", FORMS)
def test_faster_forms_of_glnet_equal_the_public_implementation(form):
    from glnet_case import check_glnet

    make, tolerance = FORMS[form]

    rows = check_glnet(GOLDEN / "glnet_small.json", tolerance=tolerance, fold=make)

    assert [row for row in rows if not row[-1]] == []
    assert {f"m{m}_ensemble_{what}" for m in (2, 3) for what in ("scores_strided", "pred_strided")} <= {
        r[0] for r in rows
    }
