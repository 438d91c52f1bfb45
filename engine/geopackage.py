"""What GDAL does not put into a GeoPackage: the style QGIS opens it with, and a date that comes from the job.

QGIS looks for styles in a table `layer_styles`, which is its own convention and not part of the GeoPackage standard;
the table is registered as plain attributes, as QGIS does it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

STYLE_TABLE = "layer_styles"
_COLUMNS = """
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
"""


def finish_geopackage(path: Path, layer_name: str, geometry: str, style_qml: str, stamp: str) -> None:
    """Store the style and the date.

    Args:
        path: GeoPackage with one layer.
        layer_name: Name of the layer.
        geometry: Name of its geometry column.
        style_qml: QGIS style.
        stamp: ISO 8601 time that stands for "last change".
    """
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"CREATE TABLE {STYLE_TABLE} ({_COLUMNS})")
        database.execute(
            f"INSERT INTO {STYLE_TABLE} (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
            "VALUES ('', '', ?, ?, 'land cover', ?, '', 1, '', '', ?)",
            (layer_name, geometry, style_qml, stamp),
        )
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)",
            (STYLE_TABLE, STYLE_TABLE),
        )
        database.execute("UPDATE gpkg_contents SET last_change = ?", (stamp,))
