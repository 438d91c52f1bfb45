"""Fixtures for tests inside QGIS, offscreen or in the real desktop: rasters, results, waiting."""

import time

import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

gdal.UseExceptions()

UTM_33N = 32633
LEGEND = {
    "name": "deepglobe",
    "title": "DeepGlobe land cover",
    "classes": [
        {"id": 0, "name": "Unknown", "color": [0, 0, 0]},
        {"id": 1, "name": "Urban land", "color": [0, 255, 255]},
        {"id": 2, "name": "Agriculture land", "color": [255, 255, 0]},
        {"id": 3, "name": "Rangeland", "color": [255, 0, 255]},
        {"id": 4, "name": "Forest land", "color": [0, 255, 0]},
        {"id": 5, "name": "Water", "color": [0, 0, 255]},
        {"id": 6, "name": "Barren land", "color": [255, 255, 255]},
    ],
}


def wait_until(condition, seconds=20.0):
    """Let QGIS work until the condition holds; return whether it does."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        # With a time limit: on a busy machine a moving progress bar makes events faster than they are handled.
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.01)
    return bool(condition())


def write_raster(path, *, width=70, height=50, bands=3, dtype=gdal.GDT_Byte, epsg=UTM_33N, pixel=0.5, value=None):
    """Write a small GeoTIFF and return its path as text; epsg 0 leaves CRS and transform out."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, dtype)
    if epsg:
        srs = osr.SpatialReference()
        srs.ImportFromEPSG(epsg)
        dataset.SetProjection(srs.ExportToWkt())
        dataset.SetGeoTransform((500_000.0, pixel, 0.0, 5_400_000.0, 0.0, -pixel))
    for band in range(1, bands + 1):
        dataset.GetRasterBand(band).Fill(40 * band if value is None else value)
    dataset.FlushCache()
    return str(path)


def write_result(folder, stem="scene_landcover", epsg=UTM_33N):
    """Write a class raster and polygons as the engine would; return the data of its result event."""
    raster = write_raster(folder / f"{stem}.tif", bands=1, epsg=epsg, value=6)
    polygons = str(folder / f"{stem}_polygons.gpkg")
    write_polygons(polygons, epsg)
    return {
        "class_raster": raster,
        "vectors": {"gpkg": polygons},
        "files": [raster, polygons],
        "area_csv": "",
        "recipe": str(folder / f"{stem}_job.json"),
        "legend": LEGEND,
        "model_name": "Starter ISDNet",
        "model_notice": "For trying out only.",
        "device": "CPU",
        "seconds": 75.0,
        "areas": [
            {"class_id": 5, "class_name": "Water", "pixels": 1000, "area_m2": 250.0, "share": 2 / 7},
            {"class_id": 6, "class_name": "Barren 'quoted' <b>", "pixels": 2500, "area_m2": 625.0, "share": 5 / 7},
            {"class_id": 1, "class_name": "Urban land", "pixels": 0, "area_m2": 0.0, "share": 0.0},
        ],
        "warnings": ["Row 3 looked odd."],
    }


def write_polygons(path, epsg=UTM_33N):
    """Write two land-cover polygons with the engine's fields."""
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(epsg or UTM_33N)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    layer = dataset.CreateLayer("landcover", srs, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class_id", ogr.OFTInteger))
    layer.CreateField(ogr.FieldDefn("class_name", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("area_m2", ogr.OFTReal))
    for class_id, name, x in ((5, "Water", 0.0), (6, "Barren – 'land'", 10.0)):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["class_id"], feature["class_name"], feature["area_m2"] = class_id, name, 250.0
        ring = ",".join(f"{500000 + x + dx} {5399975 + dy}" for dx, dy in ((0, 0), (0, 25), (10, 25), (10, 0), (0, 0)))
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"))
        layer.CreateFeature(feature)


@pytest.fixture
def raster_layer(tmp_path):
    """Return a three-band layer of 70 × 50 px at 0.5 m, in the project."""
    layer = QgsRasterLayer(write_raster(tmp_path / "scene.tif"), "scene")
    QgsProject.instance().addMapLayer(layer)
    yield layer
    QgsProject.instance().clear()
