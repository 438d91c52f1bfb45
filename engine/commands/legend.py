"""`legend [NAME|FILE]`: list the legends there are, show one, or make one of another program's file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..system.run_context import RunContext

if TYPE_CHECKING:
    from ..raster.classes.value_names import ValueNames


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "legend", nargs="?", default="",
        help="name of a legend, or a file: JSON, QGIS style (.qml), colour table (.clr, .txt), table with a header "
        "(.csv), attribute table (.vat.dbf) or class raster; nothing lists the legends",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="JSON", help="write it as a legend file")
    parser.add_argument("--title", default="", help="name for people")
    parser.add_argument("--unknown", type=int, metavar="ID", help="class that stands for 'not known'")
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Return the legends, or the classes of one, and write its file."""
    from ..raster.classes.legend_files import named_values
    from ..system.errors import InvalidJob
    from ..system.staging import Staging

    if not args.legend:
        return _list()
    values = named_values(args.legend)
    data = _data(values, args)
    if args.unknown is not None and args.unknown not in values.names:
        raise InvalidJob(f"--unknown is {args.unknown}, which is no class of {args.legend}: {sorted(values.names)}.")
    files: list[str] = []
    if args.out:
        if args.out.suffix.lower() != ".json":
            raise InvalidJob(f"{args.out.name} must end in .json, which is what legend files are.")
        with Staging(args.out, inputs=[args.legend], overwrite=args.overwrite) as staging:
            staging.path(args.out).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            files = [str(f) for f in staging.publish()]
    return {"files": files, "legend": data, "text": _text(data)}


def _list() -> dict[str, Any]:
    from ...models.legend import LEGEND_DIR, read_legend_file

    found = [read_legend_file(path) for path in sorted(LEGEND_DIR.glob("*.json"))]
    rows = [{k: d.get(k, "") for k in ("name", "title", "source", "licence")} for d in found]
    lines = [
        f"{d['name']:16} {len(d['classes']):3} classes  {d['title']}  ({d.get('licence', 'CC0-1.0')})" for d in found
    ]
    return {"legends": rows, "text": "\n".join(lines) + "\n"}


def _data(values: ValueNames, args: argparse.Namespace) -> dict[str, Any]:
    from ...models.legend import spread_color

    unknown = values.unknown if args.unknown is None else args.unknown
    return {
        "name": args.out.stem if args.out else values.name,
        "title": args.title or values.title,
        "nodata": 255,
        "unknown_id": unknown,
        "classes": [
            {"id": v, "name": values.names[v], "color": list(values.colors.get(v) or spread_color(k))}
            for k, v in enumerate(sorted(values.names))
        ],
    }


def _text(data: dict[str, Any]) -> str:
    rows = [f"{c['id']:6}  #{bytes(c['color']).hex()}  {c['name']}" for c in data["classes"]]
    return "\n".join([data["title"], *rows]) + "\n"
