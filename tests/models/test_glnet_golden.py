import sys
from pathlib import Path

from uhr_landcover.models.glnet_folded import FoldedGLNet

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
sys.path.insert(0, str(GOLDEN))


def test_folded_glnet_equals_the_public_implementation():
    from glnet_case import check_glnet

    rows = check_glnet(GOLDEN / "glnet_small.json", tolerance=1e-3, fold=FoldedGLNet)

    assert [row for row in rows if not row[-1]] == []
    assert {f"m{m}_ensemble_{what}" for m in (2, 3) for what in ("scores_strided", "pred_strided")} <= {
        r[0] for r in rows
    }
