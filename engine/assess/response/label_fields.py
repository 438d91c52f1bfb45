"""Fields of response files: where interpreters say what they see."""

from __future__ import annotations

POINT_LAYER = "sample"
SUPPORT_LAYER = "support"

POINT = "point"
RESERVE = "reserve"
LABEL = "label"
ALTERNATE = "alternate"
CONFIDENCE = "confidence"
IMAGE_DATE = "image_date"
NOT_SURE = "not_sure"
SKIPPED = "skipped"
NOTE = "note"
INTERPRETER = "interpreter"

TEXT_FIELDS = (LABEL, ALTERNATE, CONFIDENCE, IMAGE_DATE, NOTE, INTERPRETER)
"""Empty until somebody fills them; confidence is free text such as high, medium, low."""

FLAG_FIELDS = (NOT_SURE, SKIPPED)
"""0 or 1, empty counts as 0."""

TABLE_HEADER = (POINT, "lon", "lat", "x", "y", RESERVE, *TEXT_FIELDS[:4], *FLAG_FIELDS, *TEXT_FIELDS[4:])
