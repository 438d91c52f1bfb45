"""Writes small XML files: styles, mosaics, side files. It builds and prints elements and reads nothing.

The standard library's xml package can do this too, but it is first of all a parser of untrusted files, and security
scanners stop at its import; what is written here needs nothing of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
)


class Element:
    """An element with attributes, text and children; attributes keep the order they came in.

    Attributes:
        tag: Name of the element.
        text: What stands before the first child; None for nothing.
    """

    def __init__(self, tag: str, attributes: Mapping[str, str] | None = None, **more: str) -> None:
        self.tag = tag
        self.text: str | None = None
        self._attributes = {**(attributes or {}), **more}
        self._children: list[Element] = []

    def __len__(self) -> int:
        return len(self._children)

    def __iter__(self) -> Iterator[Element]:
        return iter(self._children)

    def set(self, name: str, value: str) -> None:
        """Set an attribute."""
        self._attributes[name] = value

    def append(self, child: Element) -> None:
        """Add a child after the others."""
        self._children.append(child)

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the element's lines, indented by two blanks a level; an element with text stays on its own line."""
        blanks = "  " * depth
        pairs = (f' {name}="{value.translate(_ATTRIBUTE)}"' for name, value in self._attributes.items())
        start = self.tag + "".join(pairs)
        text = (self.text or "").translate(_TEXT)
        if not self._children:
            yield f"{blanks}<{start}>{text}</{self.tag}>" if text else f"{blanks}<{start} />"
            return
        yield f"{blanks}<{start}>{text}"
        for child in self._children:
            yield from child.lines(depth + 1)
        yield f"{blanks}</{self.tag}>"


def SubElement(parent: Element, tag: str, attributes: Mapping[str, str] | None = None, **more: str) -> Element:
    """Add a child to an element and return it."""
    child = Element(tag, attributes, **more)
    parent.append(child)
    return child


def to_xml(root: Element) -> str:
    """Return an element and all below it as indented text, without a declaration and without a last line break."""
    return "\n".join(root.lines())
