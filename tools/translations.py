"""Keeps the translation files true to the texts in the code: .ts for translators, .qm for Qt.

The .qm files are written here too, so that neither Qt's own tools nor the network are needed to make a package.
"""

import ast
import re
import struct
import xml.etree.ElementTree as ElementTree

import environments

LANGUAGES = ("de", "fr", "es")
FOLDER = environments.ROOT / "resources" / "i18n"
CONTEXT = "UhrLandCover"
PLACEHOLDER = re.compile(r"\{(\w*)(?::[^{}]*)?\}")
MNEMONIC = re.compile(r"&(?=\w)")

QM_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
QM_HASHES, QM_MESSAGES = 0x42, 0x69
QM_END, QM_TRANSLATION, QM_SOURCE, QM_CONTEXT = 1, 3, 6, 7


def sources():
    """Return every text in tr(…) of the plugin, in the order of the files, with the names of the files it is in.

    Raises:
        SetupError: If tr() is called with something else than a literal text, which no translator could see.
    """
    found = {}
    for path in (environments.ROOT / "plugin.py", *sorted((environments.ROOT / "ui").rglob("*.py"))):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if _is_tr(node)]
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            text = call.args[0]
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                raise environments.SetupError(f"{path.name}:{call.lineno}: tr() needs a literal text.")
            names = found.setdefault(text.value, [])
            name = path.relative_to(environments.ROOT).as_posix()
            if name not in names:
                names.append(name)
    return found


def _is_tr(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr" and bool(node.args)


def ts_path(language):
    """Return the file of a language for translators."""
    return FOLDER / f"uhr_landcover_{language}.ts"


def qm_path(language):
    """Return the file of a language for Qt."""
    return FOLDER / f"uhr_landcover_{language}.qm"


def read(language):
    """Return the finished translations of a language, by source text."""
    path = ts_path(language)
    if not path.is_file():
        return {}
    messages = ElementTree.parse(path).getroot().iter("message")
    pairs = ((m.findtext("source") or "", m.find("translation")) for m in messages)
    return {source: node.text or "" for source, node in pairs if node is not None and node.get("type") is None}


def write(language, translations, found):
    """Write both files of a language; texts without translation are kept as unfinished, others that are gone go."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source, names in found.items():
        message = ElementTree.SubElement(context, "message")
        for name in names:
            ElementTree.SubElement(message, "location", filename=f"../../{name}")
        ElementTree.SubElement(message, "source").text = source
        node = ElementTree.SubElement(message, "translation")
        node.text = translations.get(source, "")
        if not node.text:
            node.set("type", "unfinished")
    ElementTree.indent(root, " ")
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = ElementTree.tostring(root, encoding="unicode")
    ts_path(language).write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")
    qm_path(language).write_bytes(compiled({s: translations[s] for s in found if translations.get(s)}))


def compiled(translations):
    """Return translations in the form that Qt loads (.qm)."""
    messages, hashes = b"", []
    for source, translation in sorted(translations.items()):
        hashes.append((_hash(source.encode("utf-8")), len(messages)))
        messages += _field(QM_TRANSLATION, translation.encode("utf-16-be"))
        messages += _field(QM_SOURCE, source.encode("utf-8")) + _field(QM_CONTEXT, CONTEXT.encode())
        messages += bytes((QM_END,))
    table = b"".join(struct.pack(">II", *pair) for pair in sorted(hashes))
    return QM_MAGIC + _field(QM_HASHES, table) + _field(QM_MESSAGES, messages)


def _field(tag, data):
    return struct.pack(">BI", tag, len(data)) + data


def _hash(text):
    """Return the hash by which Qt finds a text: that of ELF symbol tables."""
    value = 0
    for byte in text:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ high >> 24) & ~high
    return value or 1


def problems(source, translation):
    """Yield what is wrong with a translation."""
    if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation)):
        yield "other placeholders"
    if bool(MNEMONIC.search(source)) != bool(MNEMONIC.search(translation)):
        yield "the key of one (&) is missing in the other"
    if source.count("\n") != translation.count("\n"):
        yield "other paragraphs"
    if (source[:1].isspace(), source[-1:].isspace()) != (translation[:1].isspace(), translation[-1:].isspace()):
        yield "other blanks at the ends"


def update():
    """Write the files of all languages anew; return sentences about what is left to do."""
    found, left = sources(), []
    for language in LANGUAGES:
        translations = read(language)
        write(language, translations, found)
        for source in found:
            if not translations.get(source):
                left.append(f"{language}: not translated: {source!r}")
            else:
                left += [f"{language}: {what}: {source!r}" for what in problems(source, translations[source])]
    return left
