"""Types of a job's fields: each kind of value that people and scripts write wrongly has its own sentence."""

import json
import os
from pathlib import Path

import pytest

from uhr_landcover.engine.contract.fields import JobError
from uhr_landcover.engine.contract.job import (
    AreaOfInterest,
    Method,
    OutputSpec,
    PolygonSpec,
    SegmentationJob,
    VectorFormat,
)


def job_data(**changes) -> dict:
    data = {"format": "uhr-landcover-job/1", "raster": "/data/i.tif", "output": {"directory": "/data/out"}}
    for name, value in changes.items():
        if name.startswith("output_"):
            data["output"][name.removeprefix("output_")] = value
        else:
            data[name] = value
    return data


WRONG = {
    "overwrite text": ({"output_overwrite": "false"}, "output.overwrite is 'false'; it must be true or false"),
    "overwrite number": ({"output_overwrite": 1}, "output.overwrite is 1; it must be true or false"),
    "smooth null": ({"output_smooth": None}, "polygons.smooth is null; it must be true or false"),
    "raster number": ({"raster": 5}, "raster is 5; it must be a text"),
    "raster null": ({"raster": None}, "raster is null; it must be a text"),
    "directory list": ({"output_directory": ["/data"]}, "output.directory is .*; it must be a text"),
    "device null": ({"device": None}, "device is null; it must be a text"),
    "fractional band": ({"bands": [1.9, 2, 3]}, r"bands\[0\] is 1.9; it must be a whole number"),
    "truth as band": ({"bands": [True, 2, 3]}, r"bands\[0\] is true; it must be a whole number"),
    "text as bands": ({"bands": "123"}, "bands is '123'; it must be a list"),
    "band of a thousand digits": ({"bands": [10**1000]}, "it must be a whole number"),
    "cut infinite": ({"output_cut_px": float("inf")}, "polygons.cut_px is inf; it must be a whole number"),
    "cut text": ({"output_cut_px": "64"}, "polygons.cut_px is '64'; it must be a whole number"),
    "cut negative": ({"output_cut_px": -1}, "polygons.cut_px is -1"),
    "unit NaN": ({"output_minimum_mapping_unit_m2": float("nan")}, "is nan; it must be a finite number"),
    "unit text": ({"output_minimum_mapping_unit_m2": "10"}, "is '10'; it must be a finite number, without quotes"),
    "unit beyond the Earth": ({"output_minimum_mapping_unit_m2": 1e308}, "must lie between 0 and 1e"),
    "tolerance negative": ({"output_simplify_m": -0.5}, "polygons.simplify_m is -0.5; it must lie between 0"),
    "resolution whole number of 400 digits": ({"ground_resolution_m": 10**400}, "must be a finite number"),
    "formats as one text": ({"output_vector_formats": "gpkg"}, "it must be a list in square brackets"),
    "unknown format": ({"output_vector_formats": ["dwg"]}, r"output.vector_formats\[0\] is 'dwg'; .* one of gpkg, shp"),
    "format as list": ({"output_vector_formats": [["gpkg"]]}, "it must be one of gpkg"),
    "unknown method": ({"method": "unet"}, "method is 'unet'; it must be one of glnet, ppn, isdnet"),
    "area as list": ({"area": [1, 2, 3, 4]}, "'area' is a list; expected a JSON object"),
    "polygons number": ({"area": {"polygons": 5}}, "area.polygons is 5; it must be a text"),
    "three bounds": ({"area": {"bounds": [1, 2, 3]}}, "area.bounds is .*; it must be a list of 4 values"),
    "bounds infinite": ({"area": {"bounds": [float("-inf"), 0, 1, 1]}}, r"area.bounds\[0\] is -inf"),
    "created in no calendar": ({"created": "yesterday"}, "created is 'yesterday'; it must be a time"),
    "created before the year 1": ({"created": "0001-01-01T00:00:00+14:00"}, "created is .*; it must be a time"),
    "created by a clock of the first century": ({"created": "0090-01-01T00:00:00+00:00"}, "created is .* of 1970 to"),
    "created by a clock of the far future": ({"created": "2210-01-01T00:00:00Z"}, "created is .* of 1970 to 2155"),
    "created number": ({"created": 5}, "created is 5; it must be a text"),
    "line break in the name": ({"output_name": "a\nb"}, r"Output name 'a\\nb' holds the control character U\+000A"),
    "undecodable byte in the name": ({"output_name": "a\udcffb"}, "holds bytes that are no UTF-8"),
    "undecodable byte in the raster": ({"raster": "/data/\udcff.tif"}, "holds bytes that are no UTF-8"),
    "line break in the folder": ({"output_directory": "/data/a\nb"}, r"output folder .* control character U\+000A"),
    "NUL in the raster": ({"raster": "a\0b"}, "it must be a text without NUL"),
    "name too long with its endings": ({"output_name": "n" * 201}, "has 201 bytes; 200 are allowed"),
    "name too long in bytes": ({"output_name": "ü" * 101}, "has 202 bytes; 200 are allowed"),
    "polygons text": ({"output_polygons": "smooth"}, "output.polygons is 'smooth'; it must be an object"),
    "polygons with a slip": ({"output_polygons": {"smoth": True}}, r"'polygons' has unknown entries \['smoth'\]"),
    "polygons inside": ({"output_polygons": {"smooth": 1}}, "polygons.smooth is 1; it must be true or false"),
    "no output": ({"output": {}}, "'output' has no 'directory'"),
}


@pytest.mark.parametrize(("change", "sentence"), WRONG.values(), ids=WRONG)
def test_job_value_of_a_wrong_kind_is_refused_by_its_own_sentence(change, sentence):
    with pytest.raises(JobError, match=sentence):
        SegmentationJob.from_dict(job_data(**change))


def test_job_without_raster_or_output_names_what_lacks():
    with pytest.raises(JobError, match="'job' has no 'raster'"):
        SegmentationJob.from_dict({"output": {"directory": "/o"}})
    with pytest.raises(JobError, match="'job' has no 'output'"):
        SegmentationJob.from_dict({"raster": "/i.tif"})


def test_job_values_that_mean_the_same_come_into_the_declared_types():
    job = SegmentationJob.from_dict(
        job_data(bands=[4.0, 3, 2], method="ppn", ground_resolution_m=1, output_vector_formats=["fgb", "fgb"])
    )

    assert job.bands == (4, 3, 2)
    assert all(type(band) is int for band in job.bands)
    assert job.method is Method.PPN
    assert type(job.ground_resolution_m) is float
    assert job.output.vector_formats == (VectorFormat.FLATGEOBUF,)


def test_job_from_python_takes_path_objects():
    job = SegmentationJob(raster=Path("/data/i.tif"), output=OutputSpec(directory=Path("/data/out")))

    assert (job.raster, job.output.directory) == (str(Path("/data/i.tif")), str(Path("/data/out")))


def test_job_home_folder_is_written_in_full(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    job = SegmentationJob(
        raster="~/i.tif",
        checkpoint="~/model.safetensors",
        area=AreaOfInterest(polygons="~/a.gpkg"),
        output=OutputSpec(directory="~/out"),
    )

    paths = (job.raster, job.checkpoint, job.area.polygons, job.output.directory)
    assert [os.path.relpath(p, tmp_path) for p in paths] == ["i.tif", "model.safetensors", "a.gpkg", "out"]


def test_job_name_that_begins_with_a_tilde_stays():
    assert SegmentationJob(raster="~i.tif", output=OutputSpec(directory="out")).raster == "~i.tif"


def test_job_file_with_byte_order_mark_is_read():
    assert SegmentationJob.from_json("\ufeff" + json.dumps(job_data())).raster == "/data/i.tif"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", '"job"', "1" * 5000, '{"raster": }'])
def test_job_file_that_is_no_job_is_refused_by_a_sentence(text):
    with pytest.raises(JobError, match=r"not valid JSON|expected a JSON object"):
        SegmentationJob.from_json(text)


def test_job_file_of_version_0_1_is_read_as_it_was():
    old = {
        "format": "uhr-landcover-job/1", "raster": "/data/city.tif", "method": "isdnet", "preset": "balanced",
        "device": "auto", "checkpoint": "", "bands": [], "ground_resolution_m": 0.0, "area": None,
        "on_read_error": "fail", "created": "2026-10-02T08:15:30+00:00",
        "output": {
            "directory": "/data/out", "name": "city", "vector_formats": ["gpkg", "shp"], "smooth": True,
            "minimum_mapping_unit_m2": 25.0, "simplify_m": 1.5, "layer_per_class": True, "cut_px": 4096,
            "raster_format": "gtiff", "confidence": False, "looked_at_twice": True, "report": False,
            "overwrite": False,
        },
    }  # fmt: skip

    job = SegmentationJob.from_dict(old)

    assert job == SegmentationJob(
        raster="/data/city.tif",
        output=OutputSpec(
            directory="/data/out",
            name="city",
            polygons=PolygonSpec(
                minimum_mapping_unit_m2=25, simplify_m=1.5, smooth=True, layer_per_class=True, cut_px=4096
            ),
            refined_patches=True,
        ),
        created="2026-10-02T08:15:30+00:00",
    )


def test_job_survives_the_trip_through_json():
    job = SegmentationJob(
        raster="/i.tif",
        output=OutputSpec("/o", polygons=PolygonSpec(simplify_m=2, cut_px=0), refined_patches=True),
        area=AreaOfInterest(bounds=(0, 0, 1, 1)),
    )

    assert SegmentationJob.from_json(job.to_json()) == job
    assert job.to_dict()["format"] == "uhr-landcover-job/2"
