#!/usr/bin/env bash
# Makes the pictures of the user guide anew from the real desktop: tools/guide_pictures.sh
# Goes the way of the tutorial (tests/desktop/test_tutorial.py) and puts what it saw into docs/images.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
UHR_DESKTOP_WINDOW=${UHR_DESKTOP_WINDOW:-1280x784} bash tests/desktop/run.sh -k test_tutorial_from_the_sample
.venv/engine/bin/python - <<'PYTHON'
from pathlib import Path

from PIL import Image

for path in sorted(Path("out").glob("guide_*.png")):
    # 256 colours are enough for a picture of a window, and a quarter of the bytes.
    picture = Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(Path("docs/images") / path.name.removeprefix("guide_"), optimize=True)
    print(path.name, picture.size)
PYTHON
