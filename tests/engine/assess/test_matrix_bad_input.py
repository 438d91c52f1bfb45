"""Tables that are no error matrix, or too poor a one, are refused with a sentence before anything is written."""

import argparse

import pytest

from uhr_landcover.engine.commands import assess
from uhr_landcover.engine.system.errors import InvalidJob, OutputError
from uhr_landcover.engine.system.run_context import RunContext


def run(path, *options):
    parser = argparse.ArgumentParser()
    assess.add_arguments(parser)
    args = parser.parse_args(["matrix", str(path), "--design", "stratified", "--out", str(path.parent / "r"), *options])
    return assess.execute(args, RunContext())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "expected 'map', the reference classes and 'area'"),
        ("class,a,b,area\na,1,2,3\n", "expected 'map', the reference classes and 'area'"),
        ("map,a,b\na,1,2\n", "expected 'map', the reference classes and 'area'"),
        ("map,a,b,area\n", "no row below its header"),
        ("map,a,b,area\na,5,1\n", "has 3 cells, its header 4"),
        ("map,a,a,area\na,5,1,3\n", "'a' is in two columns"),
        ("map,a,b,area\na,5,1,3\na,5,1,3\n", "'a' is in two rows"),
        ("map,a,b,area\na,5,0.2,3\nb,1,4,3\n", "'0.2' where a number of points is expected"),
        ("map,a,b,area\na,5,-1,3\nb,1,4,3\n", "'-1' where a number of points is expected"),
        ("map,a,b,area\na,5,nan,3\nb,1,4,3\n", "'nan' where a number of points is expected"),
        ("map,a,b,area\na,5,inf,3\nb,1,4,3\n", "'inf' where a number of points is expected"),
        ("map,a,b,area\na,5,1,x\nb,1,4,3\n", "The area of the row 'a' .* is 'x'"),
        ("map,a,b,area\na,5,1,0\nb,1,4,0\n", "All areas .* are 0"),
        ("map,a,b,area\na,5,1,3\nb,0,1,4\n", r"Too few labelled units in: b \(1\)"),
        ("map,a,b,area\na,5,1,3\nb,0,0,4\n", r"Too few labelled units in: b \(0\)"),
        ("map,a,b,area\na,5,1,3\nb,2,2,0\n", "'b' has 4 labelled units but no area"),
    ],
)
def test_matrix_that_cannot_be_used_is_refused_by_its_own_sentence(text, sentence, tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidJob, match=sentence):
        run(path)

    assert [p.name for p in tmp_path.iterdir()] == ["counts.csv"]


def test_matrix_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InvalidJob, match="There is no table"):
        run(tmp_path / "counts.csv")


def test_matrix_report_does_not_replace_the_matrix(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("map,a,b,area\na,5,1,3\nb,1,4,4\n", encoding="utf-8")

    with pytest.raises(OutputError, match="would replace"):
        run(path, "--overwrite")


def test_matrix_confidence_out_of_range_is_refused(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("map,a,b,area\na,5,1,3\nb,1,4,4\n", encoding="utf-8")

    with pytest.raises(InvalidJob, match="A confidence of 95"):
        run(path, "--confidence", "95")


def test_matrix_of_another_spreadsheet_is_read(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_bytes("map;Wald;Gewässer;area\r\nWald;5;1;3\r\nGewässer;1;4;4\r\n".encode("utf-8-sig"))

    assert run(path)["assessment"]["classes"] == ["Wald", "Gewässer"]


def test_poor_stratum_is_merged_by_the_user(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("map,a,b,area\na,6,2,100\nb,0,1,100\n", encoding="utf-8")

    found = run(path, "--merge", "a + b")["assessment"]

    # The eight units of a stand for 100, the one of b for 100 too.
    assert found["overall"]["estimate"] == pytest.approx((6 / 8 + 1) / 2)
    assert found["total_area"] == 200


def test_merging_an_unknown_stratum_is_refused(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("map,a,b,area\na,6,2,100\nb,0,1,100\n", encoding="utf-8")

    with pytest.raises(InvalidJob, match="no stratum 'c' to merge; the strata are a, b"):
        run(path, "--merge", "a+c")
