"""GeoPackage's extras that GDAL does not write: the style QGIS opens it with, and a date that comes from the job.

QGIS looks for styles in a table `layer_styles`, which is its own convention and not part of the GeoPackage standard;
the table is registered as plain attributes, as QGIS does it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

STYLE_TABLE = "layer_styles"
_CREATE = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)"""


def finish_geopackage(path: Path, layer_names: Sequence[str], geometry: str, *, qml: str, sld: str, stamp: str) -> None:
    """Store the style of every layer and the date.

    Args:
        path: GeoPackage.
        layer_names: Names of its layers.
        geometry: Name of their geometry columns.
        qml: QGIS style.
        sld: The same as SLD.
        stamp: ISO 8601 time that stands for "last change".
    """
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_CREATE)
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
            "VALUES ('', '', ?, ?, 'land cover', ?, ?, 1, '', '', ?)",
            [(name, geometry, qml, sld, stamp) for name in layer_names],
        )
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)",
            (STYLE_TABLE, STYLE_TABLE),
        )
        database.execute("UPDATE gpkg_contents SET last_change = ?", (stamp,))
