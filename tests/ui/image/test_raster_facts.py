import pytest
from osgeo import gdal
from qgis.core import QgsRasterLayer
from qgis_fixtures import write_raster

from uhr_landcover.ui.image.raster_facts import color_bands, describe_layer, facts_of
from uhr_landcover.ui.model_store.info import ModelInfo

MODEL = ModelInfo("Starter", "isdnet", 0.5, ("Unknown", "Water"), 3, "")


def card(tmp_path, **raster):
    return describe_layer(QgsRasterLayer(write_raster(tmp_path / "r.tif", **raster), "r"), MODEL)


@pytest.fixture(autouse=True)
def _application(qgis_app):
    return qgis_app


def test_a_raster_that_fits_has_a_summary_and_nothing_else(tmp_path):
    shown = card(tmp_path)

    facts = ["70 × 50 px", "3 bands", "8-bit", "0.5 m per pixel", "EPSG:32633"]
    assert shown.summary.replace("\u2060", "").split(" · ") == facts
    assert shown.notes == ()


@pytest.mark.parametrize(
    ("raster", "words", "remedies"),
    [
        ({"pixel": 3.0}, "coarser than the model's 0.5 m", ("models",)),
        ({"pixel": 0.1}, "finer than the model's 0.5 m", ()),
        ({"epsg": 0}, "No CRS", ("crs", "resolution")),
        ({"dtype": gdal.GDT_UInt16}, "Not 8-bit", ()),
    ],
    ids=["coarse", "fine", "no CRS", "16-bit"],
)
def test_what_deserves_a_note_gets_one_with_its_remedies(tmp_path, raster, words, remedies):
    shown = card(tmp_path, **raster)

    assert [words in note.text for note in shown.notes] == [True]
    assert (shown.refusal, shown.remedies) == ("", remedies)


def test_color_bands_follow_the_colour_interpretation(tmp_path):
    path = write_raster(tmp_path / "bgr.tif", bands=4)
    dataset = gdal.Open(path, gdal.GA_Update)
    for band, color in enumerate((gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand, gdal.GCI_Undefined), 1):
        dataset.GetRasterBand(band).SetColorInterpretation(color)
    dataset = None

    assert color_bands(QgsRasterLayer(path, "bgr")) == (3, 2, 1)
    assert color_bands(QgsRasterLayer(write_raster(tmp_path / "two.tif", bands=2), "two")) == (1, 2, 2)


def test_too_few_bands_are_refused_with_both_numbers(tmp_path):
    assert card(tmp_path, bands=2).refusal == "The raster has 2 bands; the model needs 3 (red, green, blue)."


def colored(path, band, **what):
    """Give a band of a raster file a palette or a colour interpretation; return the path."""
    dataset = gdal.Open(path, gdal.GA_Update)
    if "palette" in what:
        dataset.GetRasterBand(band).SetColorTable(what["palette"])
    else:
        dataset.GetRasterBand(band).SetColorInterpretation(what["kind"])
    dataset = None
    return path


def test_one_band_without_palette_is_refused_at_once(tmp_path):
    shown = card(tmp_path, bands=1)

    assert "one band and no colour palette" in shown.refusal
    assert "Choose an image in colour" in shown.refusal


def test_one_band_that_is_a_palette_is_taken(tmp_path):
    palette = gdal.ColorTable()
    palette.SetColorEntry(1, (10, 90, 20))
    path = colored(write_raster(tmp_path / "palette.tif", bands=1), 1, palette=palette)

    assert describe_layer(QgsRasterLayer(path, "palette"), MODEL).refusal == ""


def test_transparency_does_not_count_as_a_band_of_the_model(tmp_path):
    path = colored(write_raster(tmp_path / "grey.tif", bands=3), 3, kind=gdal.GCI_AlphaBand)

    assert "has 2 bands" in describe_layer(QgsRasterLayer(path, "grey"), MODEL).refusal


def test_bands_named_by_hand_are_not_refused(tmp_path):
    layer = QgsRasterLayer(write_raster(tmp_path / "grey.tif", bands=1), "grey")

    assert describe_layer(layer, MODEL, bands_are_chosen=True).refusal == ""


def test_no_layer_says_what_to_do():
    shown = describe_layer(None, MODEL)

    assert "Add an image" in shown.refusal
    assert shown.remedies == ("open", "sample")


def test_pixel_size_that_the_user_gives_counts_in_place_of_a_crs(tmp_path):
    layer = QgsRasterLayer(write_raster(tmp_path / "plain.tif", epsg=0), "plain")

    assert describe_layer(layer, MODEL, pixel_m=0.5).notes == ()
    assert describe_layer(layer, MODEL, pixel_m=4.0).remedies == ("models",)


def test_ground_resolution_in_degrees_is_measured_on_the_ellipsoid(tmp_path):
    path = tmp_path / "degrees.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 10, 10, 3)
    from osgeo import osr

    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    dataset.SetProjection(srs.ExportToWkt())
    dataset.SetGeoTransform((10.0, 1e-5, 0, 60.0, 0, -1e-5))
    dataset.FlushCache()

    facts = facts_of(QgsRasterLayer(str(path), "degrees"))

    # 1e-5° at 60° N: 1.114 m north, half of that east.
    assert facts.resolution_m == pytest.approx((1.1141 * 0.5580) ** 0.5, rel=0.005)


def test_ground_resolution_in_web_mercator_is_not_the_pixel_size(tmp_path):
    path = tmp_path / "mercator.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 10, 10, 3)
    from osgeo import osr

    srs = osr.SpatialReference()
    srs.ImportFromEPSG(3857)
    dataset.SetProjection(srs.ExportToWkt())
    dataset.SetGeoTransform((0, 1.0, 0, 8399737.9, 0, -1.0))  # 60° N
    dataset.FlushCache()

    assert facts_of(QgsRasterLayer(str(path), "mercator")).resolution_m == pytest.approx(0.5, rel=0.01)
