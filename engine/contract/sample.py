"""Sample of an assessment: names of its files and of the fields in which interpreters say what they see.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

DESIGN_END = "_design.json"
"""End of the name of a design, which interpreters do not see."""

PACKAGE_END = ".gpkg"
"""End of the name of the points to label."""

POINT_LAYER = "sample"
SUPPORT_LAYER = "support"

POINT = "point"
RESERVE = "reserve"
LABEL = "label"
OLD_LABEL = "label_old"
"""Class at the first date, in samples of change; the label is that at the second."""

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
