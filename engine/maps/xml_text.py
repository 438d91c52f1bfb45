"""XML text of styles, mosaics and side files, built and printed with the standard library."""

from __future__ import annotations

from xml.etree import ElementTree  # nosec B405 - prints what was built here and parses nothing

Element = ElementTree.Element
SubElement = ElementTree.SubElement


def to_xml(root: ElementTree.Element) -> str:
    """Return an element and all below it as indented text, without a declaration and without a last line break."""
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode")


def xml_safe(text: str) -> str:
    """Return a text without the characters that XML cannot hold, whatever a legend contains."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
