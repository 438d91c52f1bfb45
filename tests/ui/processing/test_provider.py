"""The algorithms over a scripted engine: what they ask it for, and what they make of its answers."""

import dataclasses
import json
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import result_line
from osgeo import ogr
from qgis.core import (
    NULL,
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis_fixtures import write_polygons, write_raster, write_result

from uhr_landcover.engine.contract.job import (
    AreaOfInterest,
    Augmentation,
    Method,
    OutputSpec,
    PolygonSpec,
    Preset,
    RasterFormat,
    ReadErrorPolicy,
    SegmentationJob,
    VectorFormat,
)
from uhr_landcover.ui.dock import LandCoverDock
from uhr_landcover.ui.form.job_builder import MapExtent, build_job, draft_job
from uhr_landcover.ui.model_store.info import starter_path
from uhr_landcover.ui.process.environment import PACKAGE_DIR
from uhr_landcover.ui.processing.checkpoints import EvaluateAlgorithm, FineTuneAlgorithm
from uhr_landcover.ui.processing.maps import AreasAlgorithm, VectorizeAlgorithm
from uhr_landcover.ui.processing.provider import ALGORITHMS, LandCoverProvider
from uhr_landcover.ui.processing.segment import EstimateAlgorithm, SegmentAlgorithm
from uhr_landcover.ui.processing.training import SamplesAlgorithm, TrainAlgorithm
from uhr_landcover.ui.results.groups import RESULT_PROPERTY


@pytest.fixture
def context(qgis_app):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


@pytest.fixture
def engine(fake_child, tmp_path, monkeypatch):
    """Return a function that sets a script as the engine; `asked()` gives its arguments and job."""

    class Engine:
        def plays(self, script):
            saved = f"open({str(tmp_path / 'asked.json')!r}, 'w').write(json.dumps([sys.argv[1:], job]))\n"
            monkeypatch.setenv("UHR_ENGINE_PYTHON", fake_child(saved + script))

        def asked(self):
            """Return the sub-command with its arguments."""
            words = json.loads((tmp_path / "asked.json").read_text())[0]
            return words[words.index("--listen") + 1 :]

        def job(self):
            return json.loads((tmp_path / "asked.json").read_text())[1]

    return Engine()


@pytest.fixture
def classes_layer(tmp_path):
    """Return a class raster in the project."""
    layer = QgsRasterLayer(write_raster(tmp_path / "classes.tif", bands=1, value=5), "classes")
    QgsProject.instance().addMapLayer(layer)
    yield layer
    QgsProject.instance().clear()


@pytest.fixture
def zones_layer(tmp_path):
    """Return two polygons in the project."""
    write_polygons(str(tmp_path / "zones.gpkg"))
    layer = QgsVectorLayer(str(tmp_path / "zones.gpkg"), "zones", "ogr")
    QgsProject.instance().addMapLayer(layer)
    yield layer
    QgsProject.instance().clear()


class Listening(QgsProcessingFeedback):
    """Feedback that keeps the texts beside the progress bar."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def setProgressText(self, text):
        self.texts.append(text)


def made(cls):
    algorithm = cls()
    algorithm.initAlgorithm()
    return algorithm


def run(cls, context, values, feedback=None):
    algorithm = made(cls)
    ok, reason = algorithm.checkParameterValues(values, context)
    assert ok, reason
    return algorithm.run(values, context, feedback or QgsProcessingFeedback())


def refusal(cls, context, values):
    ok, reason = made(cls).checkParameterValues(values, context)
    assert not ok
    return reason


def test_run_returns_the_files_and_styles_the_layers(raster_layer, context, engine, tmp_path):
    (tmp_path / "made").mkdir()
    data = {**write_result(tmp_path / "made"), "tiles": 4}
    engine.plays(result_line(data))

    result, ok = run(SegmentAlgorithm, context, {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path / "made")})

    assert ok
    assert (result["CLASSES"], result["POLYGONS"]) == (data["class_raster"], data["vectors"]["gpkg"])
    assert (result["TILES"], result["WARNINGS"]) == (4, 1)
    waiting = context.layersToLoadOnCompletion()
    assert set(waiting) == {result["CLASSES"], result["POLYGONS"]}
    raster = QgsRasterLayer(result["CLASSES"], "r")
    context.layerToLoadOnCompletionDetails(result["CLASSES"]).postProcessor().postProcessLayer(raster, context, None)
    polygons = QgsVectorLayer(result["POLYGONS"], "p", "ogr")
    context.layerToLoadOnCompletionDetails(result["POLYGONS"]).postProcessor().postProcessLayer(polygons, context, None)
    assert raster.customProperty(RESULT_PROPERTY) == "classes"
    assert {c.value: c.color.name() for c in raster.renderer().classes()}[5] == "#0000ff"
    assert [c.value() for c in polygons.renderer().categories()] == list(range(7))
    assert "For trying out only." in raster.metadata().abstract()


def test_confidence_and_refined_patches_are_outputs_too(raster_layer, context, engine, tmp_path):
    data = write_result(tmp_path)
    confidence = write_raster(tmp_path / "x_confidence.tif", bands=1)
    patches = str(tmp_path / "x_looked_at_twice.gpkg")
    write_polygons(patches)
    engine.plays(result_line({**data, "confidence_raster": confidence, "files": [*data["files"], confidence, patches]}))

    result, ok = run(SegmentAlgorithm, context, {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path / "made")})

    assert ok
    assert (result["CONFIDENCE_RASTER"], result["PATCHES"]) == (confidence, patches)
    assert {confidence, patches} <= set(context.layersToLoadOnCompletion())


def test_same_inputs_give_the_job_of_the_dock(raster_layer, zones_layer, context, engine, tmp_path):
    engine.plays(result_line(write_result(tmp_path)))

    run(
        SegmentAlgorithm,
        context,
        {
            **{"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path / "made"), "NAME": "x", "PRESET": 0, "METHOD": 1},
            **{"FORMATS": [1], "MIN_AREA": 12.0, "SIMPLIFY": 1.0, "RED": 3, "GREEN": 2, "BLUE": 1},
            **{
                "SMOOTH": True,
                "LAYER_PER_CLASS": True,
                "RASTER_FORMAT": 1,
                "CONFIDENCE": True,
                "REPORT": True,
                "PROBABILITIES": True,
            },
            **{"LOOKED_AT_TWICE": True, "SKIP_UNREADABLE": True, "OVERWRITE": True, "DEVICE": "cpu"},
            **{"GROUND_RESOLUTION": 0.4, "AREA": zones_layer.id(), "AUGMENTATION": 2},
            "EXTENT": "500005,500020,5399980,5399995 [EPSG:32633]",
        },
    )

    output = OutputSpec(
        directory=str(tmp_path / "made"),
        name="x",
        vector_formats=(VectorFormat.SHAPEFILE,),
        polygons=PolygonSpec(minimum_mapping_unit_m2=12.0, simplify_m=1.0, smooth=True, layer_per_class=True),
        raster_format=RasterFormat.COG,
        confidence=True,
        probabilities=True,
        refined_patches=True,
        report=True,
        overwrite=True,
    )
    draft = draft_job(
        output,
        method=Method.GLNET,
        preset=Preset.SPEED,
        device="cpu",
        bands=(3, 2, 1),
        ground_resolution_m=0.4,
        area=AreaOfInterest(polygons=str(tmp_path / "zones.gpkg")),
        on_read_error=ReadErrorPolicy.NODATA,
        augmentation=Augmentation.TURNS,
    )
    extent = MapExtent((500005, 5399980, 500020, 5399995))
    assert engine.job() == build_job(draft, raster_layer, extent, created=engine.job()["created"]).to_dict()
    assert engine.job()["area"]["bounds"] == [500005, 5399980, 500020, 5399995]


def test_every_output_of_a_job_can_be_asked_for():
    """A field that is added to the form must be added here, and to the algorithm."""
    algorithm = made(SegmentAlgorithm)
    parameters = {p.name() for p in algorithm.parameterDefinitions()}

    names = {
        **{"raster": "INPUT", "method": "METHOD", "preset": "PRESET", "device": "DEVICE", "checkpoint": "CHECKPOINT"},
        **{"bands": "RED", "ground_resolution_m": "GROUND_RESOLUTION", "on_read_error": "SKIP_UNREADABLE"},
        **{"directory": "OUTPUT", "name": "NAME", "vector_formats": "FORMATS", "raster_format": "RASTER_FORMAT"},
        **{
            "confidence": "CONFIDENCE",
            "probabilities": "PROBABILITIES",
            "refined_patches": "LOOKED_AT_TWICE",
            "report": "REPORT",
        },
        **{"overwrite": "OVERWRITE", "smooth": "SMOOTH", "layer_per_class": "LAYER_PER_CLASS"},
        **{"minimum_mapping_unit_m2": "MIN_AREA", "simplify_m": "SIMPLIFY"},
        **{"bounds": "EXTENT", "polygons": "AREA", "layer": "AREA", "augmentation": "AUGMENTATION"},
    }
    # What holds others; what nobody is asked for; what only job files say.
    left_out = {
        *("output", "area", "created", "cut_px"),
        *("language", "augmentation_scales", "keep_corrections", "minimum_mapping_units_m2"),
    }
    fields = {
        f.name for cls in (SegmentationJob, OutputSpec, PolygonSpec, AreaOfInterest) for f in dataclasses.fields(cls)
    }
    assert fields - left_out == set(names)
    assert set(names.values()) <= parameters


def test_null_is_no_value(raster_layer, context, engine, tmp_path):
    """Batches and models hand NULL over where an optional parameter is left empty."""
    engine.plays(result_line(write_result(tmp_path)))
    empty = dict.fromkeys(("RED", "GREEN", "BLUE", "EXTENT", "AREA", "CHECKPOINT", "NAME"), NULL)

    run(SegmentAlgorithm, context, {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path / "made"), **empty})

    job = engine.job()
    assert (job["bands"], job["area"], job["checkpoint"]) == ([], None, "")
    assert job["output"]["name"] == "scene_landcover"


def test_selected_polygons_of_an_area_are_kept_beside_the_results(raster_layer, zones_layer, context, engine, tmp_path):
    feedback = QgsProcessingFeedback()
    zones_layer.selectByIds([1])
    engine.plays(result_line(write_result(tmp_path)))
    area = QgsProcessingFeatureSourceDefinition(zones_layer.id(), True)

    _, ok = run(
        SegmentAlgorithm,
        context,
        {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path / "made"), "NAME": "x", "AREA": area},
        feedback,
    )

    assert ok, feedback.textLog()
    copy = engine.job()["area"]["polygons"]
    assert copy == str(tmp_path / "made" / "x_area.gpkg")
    assert QgsVectorLayer(copy, "copy", "ogr").featureCount() == 1


def test_engine_s_error_is_the_algorithm_s(raster_layer, context, engine, tmp_path):
    feedback = QgsProcessingFeedback()
    engine.plays("say('error', code='disk_full', message='No room.')\nsys.exit(1)\n")

    _, ok = run(SegmentAlgorithm, context, {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path)}, feedback)

    assert not ok
    assert "The disk is full: No room.\n" in feedback.textLog()  # nothing about places of the panel


def test_progress_and_warnings_reach_the_feedback(raster_layer, context, engine, tmp_path):
    feedback, percents = Listening(), []
    feedback.progressChanged.connect(percents.append)
    engine.plays(
        "say('progress', stage='classify', done=1, total=2)\nsay('note', level='warning', message='Odd row.')\n"
        + result_line(write_result(tmp_path))
    )

    run(SegmentAlgorithm, context, {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path)}, feedback)

    assert "Odd row." in feedback.textLog()
    assert feedback.texts == ["Classifying · 1 of 2 tiles"]
    assert percents == pytest.approx([41.5])


@pytest.mark.parametrize("cls", [SegmentAlgorithm, VectorizeAlgorithm])
def test_cancel_ends_a_deaf_engine_within_two_seconds(raster_layer, classes_layer, context, engine, tmp_path, cls):
    class Impatient(QgsProcessingFeedback):
        asked = None

        def setProgressText(self, text):
            self.asked = time.monotonic()
            self.cancel()

    engine.plays(
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nsay('progress', stage='classify', done=1, total=2)\n"
        "time.sleep(60)\n"
    )
    layer = raster_layer if cls is SegmentAlgorithm else classes_layer
    feedback = Impatient()

    _, ok = run(cls, context, {"INPUT": layer.id(), "OUTPUT": str(tmp_path / "o.gpkg")}, feedback)

    assert not ok
    assert time.monotonic() - feedback.asked < 2.2
    assert feedback.asked is not None


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"RED": 1}, "red, green and blue"),
        ({"EXTENT": "0,1,0,1 [EPSG:32633]"}, "outside layer"),
        ({"NAME": "a/b"}, "plain file stem"),
        ({"CHECKPOINT": starter_path("ppn"), "METHOD": 0}, "is for PPN"),
    ],
)
def test_segment_refuses_with_the_reason(raster_layer, context, tmp_path, parameters, words):
    values = {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path), **parameters}

    assert words in refusal(SegmentAlgorithm, context, values)


def test_no_engine_is_said_before_anything_is_asked(monkeypatch, qgis_app):
    monkeypatch.setattr("uhr_landcover.ui.process.engine_finder.find_interpreter", lambda *_: None)

    ok, reason = made(SegmentAlgorithm).canExecute()

    assert not ok
    assert "No Python for the engine" in reason


def test_estimate_gives_figures(raster_layer, context, engine):
    plan = {
        **{"predicted_host_bytes": 5, "predicted_device_bytes": 6, "predicted_disk_bytes": 7},
        **{"predicted_seconds": None, "tiles": 8},
    }
    engine.plays(result_line({"plans": [plan], "text": "About so much.\n"}))

    result, ok = run(EstimateAlgorithm, context, {"INPUT": raster_layer.id(), "METHOD": 2})

    assert ok
    assert engine.asked()[0] == "plan"
    assert engine.job()["method"] == "ppn"
    assert [result[k] for k in ("HOST_BYTES", "DEVICE_BYTES", "DISK_BYTES", "TILES")] == [5, 6, 7, 8]
    assert result["SUMMARY"] == "About so much.\n"


def test_vectorize_asks_for_the_format_of_the_ending(classes_layer, context, engine, tmp_path):
    path = tmp_path / "out 1.5" / "land.cover.shp"
    engine.plays(result_line({"files": [str(path)], "vectors": {"shp": str(path)}}))

    result, ok = run(
        VectorizeAlgorithm,
        context,
        {"INPUT": classes_layer.id(), "OUTPUT": str(path), "MIN_AREA": 4.0, "SIMPLIFY": 1.5, "SMOOTH": True},
    )

    assert ok
    assert result["OUTPUT"] == str(path)
    assert engine.asked() == [
        *("vectorize", classes_layer.source(), "--out", str(path)[:-4], "--formats", "shp", "--overwrite"),
        *("--mmu-m2", "4.0", "--simplify-m", "1.5", "--smooth"),
    ]


def test_a_layer_for_each_class_needs_a_geopackage_and_loads_each(classes_layer, context, engine, tmp_path):
    path = tmp_path / "land.gpkg"
    write_polygons(str(path))
    second = ogr.Open(str(path), 1)
    second.CreateLayer("forest", second.GetLayer(0).GetSpatialRef(), ogr.wkbPolygon)
    second = None
    engine.plays(result_line({"files": [str(path)], "vectors": {"gpkg": str(path)}}))
    values = {"INPUT": classes_layer.id(), "LAYER_PER_CLASS": True}

    feedback = QgsProcessingFeedback()
    _, refused = run(VectorizeAlgorithm, context, {**values, "OUTPUT": str(tmp_path / "land.shp")}, feedback)
    output = QgsProcessingOutputLayerDefinition(str(path), QgsProject.instance())
    context.setLayersToLoadOnCompletion({})
    _, ok = run(VectorizeAlgorithm, context, {**values, "OUTPUT": output})

    assert not refused
    assert "Only a GeoPackage" in feedback.textLog()
    assert ok
    waiting = context.layersToLoadOnCompletion()
    assert sorted(details.name for details in waiting.values()) == ["forest", "landcover"]
    assert all(QgsVectorLayer(source, "x", "ogr").isValid() for source in waiting)


def test_class_rasters_have_one_band(raster_layer, context):
    for cls in (VectorizeAlgorithm, AreasAlgorithm):
        reason = refusal(cls, context, {"INPUT": raster_layer.id(), "OUTPUT": "TEMPORARY_OUTPUT"})
        assert "has 3 bands; a class raster has one" in reason


def test_areas_of_zones_within_an_area(classes_layer, zones_layer, context, engine, tmp_path):
    path = str(tmp_path / "areas.csv")
    zones = [
        {"zone": "a", "classes": [{"area_m2": 1.5}, {"area_m2": 2.0}]},
        {"zone": "b", "classes": [{"area_m2": 4.0}]},
    ]
    engine.plays(result_line({"files": [path], "zones": zones}))
    values = {"INPUT": classes_layer.id(), "ZONES": zones_layer.id(), "ZONE_FIELD": "class_name", "OUTPUT": path}

    result, ok = run(AreasAlgorithm, context, {**values, "AREA": zones_layer.id()})

    assert ok
    assert (result["TABLE"], result["TOTAL_M2"]) == (path, 7.5)
    polygons = str(tmp_path / "zones.gpkg")
    assert engine.asked() == [
        *("areas", classes_layer.source(), "--area", polygons, "--zones", polygons, "--zone-field", "class_name"),
        *("--out", path, "--overwrite"),
    ]


def test_a_field_needs_zones(classes_layer, context):
    values = {"INPUT": classes_layer.id(), "ZONE_FIELD": "name", "OUTPUT": "a.csv"}

    assert "no zones are chosen" in refusal(AreasAlgorithm, context, values)


def test_fine_tune_passes_groups_and_patterns_on(context, engine, tmp_path):
    engine.plays(result_line({"checkpoint": str(tmp_path / "new.safetensors")}))

    result, ok = run(
        FineTuneAlgorithm,
        context,
        {
            **{"METHOD": 2, "DATA": str(tmp_path), "OUTPUT": str(tmp_path / "run"), "STEPS": 7, "GROUP": r"-(\d)$"},
            **{"VAL": "1 'tile 2'", "TEST": "3", "MAX_MINUTES": 2.5, "LEARNING_RATE": 0.001},
        },
    )

    assert ok
    assert result["CHECKPOINT_FILE"] == str(tmp_path / "new.safetensors")
    assert engine.asked() == [
        *("fine-tune", starter_path("ppn"), "--data", str(tmp_path), "--steps", "7", "--batch", "4", "--lr", "0.001"),
        *(r"--group=-(\d)$", "--val", "1", "tile 2", "--test", "3", "--out", str(tmp_path / "run")),
        *("--device", "auto", "--threads", "0", "--max-minutes", "2.5"),
    ]


def test_training_out_of_time_says_how_to_go_on(context, engine, tmp_path):
    (tmp_path / "recipe.toml").write_text("")
    feedback = QgsProcessingFeedback()
    engine.plays(result_line({"finished": False, "step": 0, "steps": 90}))
    values = {"CONFIG": str(tmp_path / "recipe.toml"), "DATA": str(tmp_path), "OUTPUT": str(tmp_path / "run")}

    result, ok = run(TrainAlgorithm, context, values, feedback)

    assert ok
    assert result["CHECKPOINT_FILE"] is None
    assert "Stopped after 0 of 90 steps. Run again with the folder" in feedback.textLog()
    assert engine.asked()[:4] == ["train", str(tmp_path / "recipe.toml"), "--data", str(tmp_path)]


def test_samples_take_image_and_polygons(raster_layer, zones_layer, context, engine, tmp_path):
    engine.plays(result_line({"chips": {"train": 3, "val": 1}}))
    values = {"INPUT": raster_layer.id(), "LABELS": zones_layer.id(), "OUTPUT": str(tmp_path / "chips")}

    result, ok = run(SamplesAlgorithm, context, values)

    assert ok
    assert result["SAMPLES"] == 4
    assert engine.asked() == [
        *("prepare", str(tmp_path / "chips"), "--pair", raster_layer.source(), str(tmp_path / "zones.gpkg")),
        *("--chip-px", "512"),
    ]


def test_evaluate_gives_figures(context, engine, tmp_path):
    path = tmp_path / "figures.json"
    figures = {"mean_iou": 0.5, "mean_f1": 0.6, "accuracy": 0.7, "scenes": ["a", "b"], "text": "| table |"}
    engine.plays(f"open({str(path)!r}, 'w').write('x')\n" + result_line(figures))
    feedback = QgsProcessingFeedback()
    values = {"METHOD": 0, "DATA": str(tmp_path), "ONLY": "2", "OUTPUT": str(path), "IGNORE_UNKNOWN": True}

    result, ok = run(EvaluateAlgorithm, context, values, feedback)

    assert ok
    assert [result[k] for k in ("MEAN_IOU", "MEAN_F1", "ACCURACY", "SCENES")] == [0.5, 0.6, 0.7, 2]
    assert "| table |" in feedback.textLog()
    assert engine.asked()[-5:] == ["--only", "2", "--ignore-unknown", "--out", str(path)]


@pytest.mark.parametrize("cls", [FineTuneAlgorithm, EvaluateAlgorithm])
def test_checkpoints_and_folders_that_are_not_there_are_named(context, tmp_path, cls):
    values = {"DATA": str(tmp_path), "OUTPUT": str(tmp_path / "o"), "CHECKPOINT": str(tmp_path / "no.safetensors")}
    assert "There is no checkpoint" in refusal(cls, context, values)
    values = {"DATA": str(tmp_path / "no"), "OUTPUT": str(tmp_path / "o")}
    assert "There is no folder" in refusal(cls, context, values)


@pytest.mark.parametrize("cls", ALGORITHMS, ids=lambda c: c.ID)
def test_algorithm_describes_itself(qgis_app, cls):
    algorithm = made(cls)

    assert algorithm.name() == algorithm.name().lower()
    assert algorithm.displayName()
    assert algorithm.group()
    assert algorithm.groupId()
    assert len(algorithm.shortHelpString()) > 100
    assert not algorithm.icon().pixmap(24).isNull()
    assert len(algorithm.tags()) > 3
    assert all(p.description() for p in algorithm.parameterDefinitions())
    assert algorithm.outputDefinitions()
    assert algorithm.flags() & algorithm.FlagCanCancel


def test_provider_offers_what_the_engine_writes(qgis_app):
    provider = LandCoverProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    try:
        assert {a.id() for a in provider.algorithms()} == {f"uhr_landcover:{c.ID}" for c in ALGORITHMS}
        assert provider.defaultVectorFileExtension(True) == "gpkg"
        assert provider.supportedOutputVectorLayerExtensions() == ["gpkg", "shp", "geojson", "fgb"]
    finally:
        QgsApplication.processingRegistry().removeProvider(provider)


def test_guide_names_what_there_is(qgis_app):
    guide = (Path(PACKAGE_DIR) / "docs" / "processing.md").read_text(encoding="utf-8")
    algorithms = [made(cls) for cls in ALGORITHMS]
    declared = {p.name() for a in algorithms for p in [*a.parameterDefinitions(), *a.outputDefinitions()]}

    named = set(re.findall(r"`([A-Z][A-Z0-9_]+)(?:=[^`]*)?`", guide))
    used = set(re.findall(r"\b([A-Z][A-Z0-9_]+)=", guide))

    assert all(f"`uhr_landcover:{a.name()}`" in guide for a in algorithms)
    assert (named | used) <= declared
    assert {o.name() for o in algorithms[0].outputDefinitions()} - {"OUTPUT"} <= named


def test_defaults_are_those_of_the_dock(raster_layer, context, tmp_path):
    dock = LandCoverDock()
    dock.form.image.layer_combo.setLayer(raster_layer)

    draft = made(SegmentAlgorithm).draft({"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path)}, context)

    assert draft == replace(dock.form.draft(), output=replace(dock.form.draft().output, directory=str(tmp_path)))
    dock.deleteLater()
