"""Data quality of a map as ISO 19157 metadata (encoding of ISO/TS 19157-2:2016).

The measures 61, 62 and 63 are those of ISO 19157:2013, annex D: misclassification rate, misclassification matrix and
relative misclassification matrix. User's and producer's accuracy and the area of a class have no number there; they are
told by name. Every result has three values: estimate, lower and upper end of the interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...maps.xml_text import Element, SubElement, to_xml, xml_safe
from ..assessment import Assessment
from ..estimates.estimator import Estimate

NAMESPACES = {
    "xmlns:mdq": "http://standards.iso.org/iso/19157/-2/mdq/1.0",
    "xmlns:gco": "http://standards.iso.org/iso/19115/-3/gco/1.0",
    "xmlns:mcc": "http://standards.iso.org/iso/19115/-3/mcc/1.0",
}
SCOPE_CODES = "http://standards.iso.org/iso/19115/-3/mcc/1.0/codelists.xml#MD_ScopeCode"
INTERVAL = "estimate; lower and upper end of the interval"


def quality_metadata(assessment: Assessment) -> str:
    """Return the metadata as XML."""
    root = Element("mdq:DQ_DataQuality", NAMESPACES)
    scope = SubElement(SubElement(root, "mdq:scope"), "mcc:MD_Scope")
    SubElement(SubElement(scope, "mcc:level"), "mcc:MD_ScopeCode", codeList=SCOPE_CODES, codeListValue="dataset")
    for report in _reports(assessment):
        SubElement(root, "mdq:report").append(report)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{to_xml(root)}\n'


def _reports(a: Assessment) -> Iterable[Element]:
    found = a.accuracy
    wrong = [1 - found.overall.value, 1 - found.overall.upper, 1 - found.overall.lower]
    yield _report(a, "misclassification rate", wrong, INTERVAL, code="61")
    names = [c.name for c in a.classes]
    order = "row by row, classes on the map " + ", ".join(names) + "; columns are reference classes in the same order"
    yield _report(a, "misclassification matrix", found.counts.ravel().tolist(), order, code="62")
    shares = found.proportions.ravel().tolist()
    yield _report(a, "relative misclassification matrix", shares, f"shares of the area, {order}", code="63")
    for name, c in zip(names, found.classes, strict=True):
        for title, estimate in (("user's accuracy", c.users), ("producer's accuracy", c.producers)):
            if estimate is not None:
                yield _report(a, f"{title} of {name}", _values(estimate), INTERVAL)
        unit = f" in {a.areas.unit}" if a.areas.unit else ""
        yield _report(a, f"area of {name}{unit}, estimated from the sample", _values(c.area), INTERVAL)


def _values(estimate: Estimate) -> list[float]:
    return [estimate.value, estimate.lower, estimate.upper]


def _report(a: Assessment, name: str, values: Sequence[float], record: str, *, code: str = "") -> Element:
    element = Element("mdq:DQ_ThematicClassificationCorrectness")
    measure = SubElement(SubElement(element, "mdq:measure"), "mdq:DQ_MeasureReference")
    if code:
        identifier = SubElement(SubElement(measure, "mdq:measureIdentification"), "mcc:MD_Identifier")
        _text(SubElement(identifier, "mcc:code"), code)
        _text(SubElement(identifier, "mcc:codeSpace"), "ISO 19157:2013")
    _text(SubElement(measure, "mdq:nameOfMeasure"), name)
    inspection = SubElement(SubElement(element, "mdq:evaluationMethod"), "mdq:DQ_SampleBasedInspection")
    _text(SubElement(inspection, "mdq:evaluationMethodDescription"), a.method)
    _text(SubElement(inspection, "mdq:samplingScheme"), a.design.value if a.design else "no probability sample")
    lots = ", ".join(f"{s.name} ({s.labelled})" for s in a.strata)
    _text(SubElement(inspection, "mdq:lotDescription"), f"strata with their labelled units: {lots}")
    _text(SubElement(inspection, "mdq:samplingRatio"), _ratio(a))
    result = SubElement(SubElement(element, "mdq:result"), "mdq:DQ_QuantitativeResult")
    for value in values:
        SubElement(SubElement(result, "mdq:value"), "gco:Record").text = f"{value!r}"
    SubElement(SubElement(result, "mdq:valueRecordType"), "gco:RecordType").text = record
    return element


def _ratio(a: Assessment) -> str:
    units = [s.units for s in a.strata]
    if not units or any(u is None for u in units):
        return f"{a.accuracy.points} labelled units"
    return f"{a.accuracy.points} labelled units of {sum(units):,.0f}"


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "gco:CharacterString").text = xml_safe(text)
