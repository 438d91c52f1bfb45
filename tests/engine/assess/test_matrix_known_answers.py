"""Examples with known answers from the papers, through the command line; z is 1.96 in all of them."""

import argparse
import csv
import json

import pytest

from uhr_landcover.engine.commands import assess
from uhr_landcover.engine.system.run_context import RunContext

EXACT = 1e-6
HALF_DIGIT = 0.5 + 1e-9

A = {
    "counts": [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]],
    "areas": [200_000, 150_000, 3_200_000, 6_450_000],
    "overall": (0.946512, 0.018484),
    "users": [(0.8800, 0.0740), (0.7333, 0.1008), (0.9273, 0.0397), (0.9631, 0.0205)],
    "producers": [(0.748661, 0.213310), (0.847156, 0.254408), (0.934509, 0.034324), (0.961609, 0.018362)],
    "area": [(235_086, 68_418), (129_846, 41_731), (3_175_221, 172_332), (6_459_846, 180_907)],
}
C = {
    "counts": [[97, 0, 3], [3, 279, 18], [2, 1, 97]],
    "areas": [22_353, 1_122_543, 610_228],
    "overall": (0.944417, 0.021882),
    "users": [(0.97, 0.0336), (0.93, 0.0289), (0.97, 0.0336)],
    "producers": [(0.480631, 0.2245), (0.994189, 0.0113), (0.896926, 0.0412)],
    "area": [(45_112.4, 21_072.8), None, None],
}
D = {
    "counts": [[127, 66, 54], [2, 322, 17], [0, 15, 540]],
    "areas": [0.007, 0.295, 0.698],
    "overall": (0.961297, 0.011864),
    "users": [(0.514170, None), (0.944282, None), (0.972973, None)],
    "producers": [(0.675347, None), (0.930720, None), (0.976650, None)],
    "area": [None, None, None],
}
F = {
    "counts": [[287, 1, 25], [3, 43, 4], [11, 1, 127]],
    "areas": [145_078.56, 5_703.75, 64_029.69],
    "overall": (0.91445, 1.96 * 0.0128),
    "users": [(0.91693, None), (0.86, None), (0.91367, None)],
    "producers": [(0.96093, 1.96 * 0.010321), (0.84147, 1.96 * 0.094642), (0.82927, 1.96 * 0.026562)],
    "area": [(138_436.63, 5_310.4), (5_829.38, 1_395.6), (70_545.99, 5_313.8)],
}


def write_matrix(path, counts, areas, names=None):
    names = names or [f"class {k + 1}" for k in range(len(areas))]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["map", *names, "area"])
        table.writerows([name, *row, area] for name, row, area in zip(names, counts, areas, strict=True))
    return path


def run_matrix(path, *options, out=None):
    parser = argparse.ArgumentParser()
    assess.add_arguments(parser)
    out = out or path.with_name("result")
    args = parser.parse_args(["matrix", str(path), "--out", str(out), *options])
    assess.execute(args, RunContext())
    return json.loads(out.with_name(out.name + ".json").read_text(encoding="utf-8"))


def digits(value):
    """Half a unit of the last digit that an example prints."""
    text = f"{value:.10f}".rstrip("0")
    return 0.5 * 10.0 ** -len(text.split(".")[1]) * 1.001


@pytest.mark.parametrize("example", [A, C, D, F], ids="ACDF")
def test_matrix_of_published_example_gives_its_figures(example, tmp_path):
    path = write_matrix(tmp_path / "counts.csv", example["counts"], example["areas"])

    found = run_matrix(path, "--design", "stratified")

    checks = [(found["overall"], example["overall"])]
    for k, row in enumerate(found["per_class"]):
        checks += [(row["users"], example["users"][k]), (row["producers"], example["producers"][k])]
        checks += [(row["adjusted_area"], example["area"][k])]
    for estimate, known in checks:
        if known:
            assert estimate["estimate"] == pytest.approx(known[0], abs=max(EXACT, digits(known[0])))
            if known[1]:
                assert estimate["half_width"] == pytest.approx(known[1], abs=max(1.96 * 5e-5, digits(known[1])))


def test_matrix_of_example_a_has_standard_errors_to_the_last_digit(tmp_path):
    found = run_matrix(write_matrix(tmp_path / "counts.csv", A["counts"], A["areas"]), "--design", "stratified")

    assert found["z"] == 1.96
    assert found["overall"]["se"] == pytest.approx(0.009430, abs=EXACT)
    errors = [row["producers"]["se"] for row in found["per_class"]]
    assert errors == pytest.approx([0.108832, 0.129800, 0.017512, 0.009368], abs=EXACT)
    assert found["area_proportions"] == [
        pytest.approx(row, abs=EXACT)
        for row in (
            [0.017600, 0, 0.001333, 0.001067],
            [0, 0.011000, 0.001600, 0.002400],
            [0.001939, 0, 0.296727, 0.021333],
            [0.003969, 0.001985, 0.017862, 0.621185],
        )
    ]
    assert found["counts"] == A["counts"]


def test_matrix_table_holds_mapped_and_adjusted_areas_in_columns_of_their_own(tmp_path):
    path = write_matrix(tmp_path / "counts.csv", A["counts"], A["areas"])

    run_matrix(path, "--design", "stratified", "--unit", "px")

    with (tmp_path / "result.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(r["mapped_area"]) for r in rows[:4]] == A["areas"]
    assert [round(float(r["adjusted_area"])) for r in rows[:4]] == [235_086, 129_846, 3_175_221, 6_459_846]
    assert float(rows[-1]["overall_half_width"]) == pytest.approx(0.018484, abs=EXACT)


def test_matrix_of_simple_random_sample_is_stratified_afterwards_and_as_it_is(tmp_path):
    counts, areas = [[8, 2], [3, 27]], [1.0, 1.0]

    found = run_matrix(write_matrix(tmp_path / "counts.csv", counts, areas), "--design", "srs")

    n, w = 40, 0.5
    spread = [0.8 * 0.2 * 10 / 9, 0.9 * 0.1 * 30 / 29]
    variance = sum(w * s / n + (1 - w) * s / n**2 for s in spread)
    assert found["overall"]["estimate"] == pytest.approx(0.85)
    assert found["overall"]["se"] == pytest.approx(variance**0.5, abs=1e-12)
    direct = found["counts_as_they_are"]
    assert direct["overall"]["estimate"] == pytest.approx(35 / 40)
    assert direct["overall"]["se"] == pytest.approx((0.875 * 0.125 / 39) ** 0.5, abs=1e-12)
    assert direct["per_class"][0]["area_share"]["estimate"] == pytest.approx(11 / 40)


def test_matrix_with_population_has_finite_correction_under_simple_random_sampling(tmp_path):
    path = write_matrix(tmp_path / "counts.csv", [[8, 2], [3, 27]], [1.0, 1.0])

    found = run_matrix(path, "--design", "srs", "--population", "80")["counts_as_they_are"]

    assert found["overall"]["se"] == pytest.approx((0.5 * 0.875 * 0.125 / 39) ** 0.5, abs=1e-12)
