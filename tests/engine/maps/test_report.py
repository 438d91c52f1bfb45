from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
from fakes import RecordingEmit, fake_checkpoint

from uhr_landcover.engine.contract.job import AreaOfInterest, JobResult, OutputSpec, SegmentationJob
from uhr_landcover.engine.maps.area_report import AreaRow, measure_areas
from uhr_landcover.engine.maps.report import RunFacts, read_facts, report_html, write_report
from uhr_landcover.engine.raster.classes.class_raster import ClassRaster
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.card import ModelCard, Normalization
from uhr_landcover.models.legend import LandCoverClass, Legend

HOSTILE = "</pre><script>alert(1)</script> & \"quoted\" 'too' <img src=http://a.example/x>\u202e"


class Page(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text.append(data)


def facts_and_result(make_raster, tmp_path, name="scene", text="Water"):
    ids = np.zeros((1, 40, 60), np.uint8)
    ids[:, :, 20:] = 1
    ids[:, :10, 50:] = 255
    raster = make_raster(ids, nodata=255)
    legend = Legend(name="two", title=text, classes=(_class(0, text, (0, 0, 255)), _class(1, "Land", (255, 255, 0))))
    card = ModelCard(
        name=text,
        title=text,
        method="isdnet",
        config={},
        legend=legend,
        normalization=Normalization(mean=(1.0,) * 3, std=(1.0,) * 3),
        licence=text,
        limits=(text,),
        metrics={text: {"mean_iou": 0.5, "accuracy": 0.7}, "odd": 3},
        notice=text,
    )
    job = SegmentationJob(
        raster=str(raster), output=OutputSpec(directory=str(tmp_path), name=name), area=AreaOfInterest(polygons=text)
    )
    result = JobResult(
        class_raster=f"{tmp_path}/{name}.tif",
        vectors={},
        files=(f"{tmp_path}/{text}.tif",),
        area_csv="",
        recipe="",
        legend=legend.to_dict(),
        model_notice=text,
        device=text,
        seconds=75.0,
        tiles=4,
        peak_host_bytes=1_234_000_000,
        warnings=(text,),
    )
    with ClassRaster(raster) as opened:
        grid = opened.grid
    rows = measure_areas(raster, legend)
    return RunFacts(job=job, card=card, grid=grid, rows=rows, class_raster=raster), result


def _class(class_id, name, color):
    return LandCoverClass(class_id=class_id, name=name, color=color)


def test_report_shows_map_areas_recipe_time_and_memory(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)

    write_report(tmp_path / "r.html", result, facts)

    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    text = " ".join(page.text)
    assert "1 min 15 s" in text
    assert "1.23 GB" in text
    assert "1,500" in text, "pixels of the second class"
    assert '"raster"' in text, "the recipe"
    assert page.tags.count("rect") == 2, "one bar for each class that occurs"
    assert next(v for k, v in page.attributes if k == "src").startswith("data:image/png;base64,iVBOR")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_report_needs_nothing_beside_it_and_runs_nothing(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)

    page = Page(report_html(result, facts, b"png"))

    assert not {"script", "iframe", "object", "link", "a", "form"} & set(page.tags)
    outside = [v for k, v in page.attributes if k in ("src", "href", "data") and not v.startswith("data:")]
    assert outside == []
    assert not [k for k, _ in page.attributes if k.startswith("on")]


def test_report_escapes_every_text_from_outside(make_raster, tmp_path):
    plain, plain_result = facts_and_result(make_raster, tmp_path)
    hostile, hostile_result = facts_and_result(make_raster, tmp_path, text=HOSTILE)

    page, same = Page(report_html(hostile_result, hostile, b"png")), Page(report_html(plain_result, plain, b"png"))

    assert page.tags == same.tags, "a text has become markup"
    assert "".join(page.text).count("alert(1)") >= 8


def test_report_escapes_a_hostile_name_of_the_results(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path, name="<b>x")

    assert "<b>x" not in report_html(result, facts, b"png")


def test_report_is_the_same_up_to_how_it_ran(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)
    slower = replace(result, seconds=900.0, peak_host_bytes=2_000_000_000)

    write_report(tmp_path / "a.html", result, facts)
    write_report(tmp_path / "b.html", slower, facts)

    one, other = ((tmp_path / n).read_text(encoding="utf-8").splitlines() for n in ("a.html", "b.html"))
    different = [a for a, b in zip(one, other, strict=True) if a != b]
    assert len(different) == 1
    assert "15 min" in next(b for a, b in zip(one, other, strict=True) if a != b)


def test_report_of_an_empty_map_says_so(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)
    rows = [AreaRow(class_id=0, class_name="Water", pixels=0, area_m2=0.0, share=0.0)]

    assert "no classified pixel" in report_html(result, replace(facts, rows=rows), b"png")


def test_report_without_crs_counts_pixels(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)
    rows = [AreaRow(class_id=0, class_name="Water", pixels=7, area_m2=None, share=1.0)]

    assert "counted in pixels" in report_html(result, replace(facts, rows=rows), b"png")


def test_report_names_the_classes_that_a_starter_has_hardly_learnt(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)
    classes = [
        {"class_name": "Water", "pixels": 9, "iou": 0.8},
        {"class_name": "Land", "pixels": 9, "iou": 0.2},
    ]
    card = replace(facts.card, notice="A starter.", metrics={"lakes, test": {"classes": classes}})

    page = report_html(result, replace(facts, card=card), b"png")

    assert "Hardly learnt, do not rely on: Land." in page


def test_run_that_was_asked_for_a_report_leaves_one(make_raster, tmp_path):
    raster = make_raster(np.full((3, 90, 70), 200, np.uint8))
    job = SegmentationJob(
        raster=str(raster),
        output=OutputSpec(directory=str(tmp_path / "out"), vector_formats=(), report=True),
        device="cpu",
    )

    result = run(job, RunContext(RecordingEmit()), checkpoint=fake_checkpoint())

    assert result.report.endswith("scene_landcover_report.html")
    assert result.report in result.files
    page = (tmp_path / "out" / "scene_landcover_report.html").read_text(encoding="utf-8")
    assert "scene_landcover.tif" in page
    assert ".uhr-job" not in page


def test_report_tells_what_it_was_made_of(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path, text=HOSTILE)
    write_report(tmp_path / "a.html", result, facts)

    found = read_facts(tmp_path / "a.html")

    assert found == (result, facts.job, facts.card)


def test_facts_of_another_page_are_none(tmp_path):
    (tmp_path / "a.html").write_text("<html></html>")

    assert read_facts(tmp_path / "a.html") is None
    assert read_facts(tmp_path / "none.html") is None


def test_report_speaks_the_language_that_was_asked_for(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)
    job = replace(facts.job, output=replace(facts.job.output, language="de"), created="2026-11-28T14:00:00+00:00")

    page = Page(report_html(result, replace(facts, job=job), b"png"))

    text = " ".join(page.text)
    assert ("lang", "de") in page.attributes
    assert "Wasser" in text
    assert "1.500" in text, "pixels of the second class"
    assert "Flächen sind auf dem Ellipsoid gemessen" in text or "Pixeln gezählt" in text
    assert "2026-11-28" in text
    headings = [page.text[i] for i in range(len(page.text)) if page.text[i] in ("Karte", "Flächen", "Bild", "Rezept")]
    assert headings == ["Karte", "Flächen", "Bild", "Rezept"]


def test_report_tells_crs_and_extent(make_raster, tmp_path):
    facts, result = facts_and_result(make_raster, tmp_path)

    text = " ".join(Page(report_html(result, facts, b"png")).text)

    left, bottom, right, top = facts.grid.bounds_of(facts.grid.window)
    assert "EPSG:" in text
    assert f"{left:.10g}, {bottom:.10g} … {right:.10g}, {top:.10g}" in text
