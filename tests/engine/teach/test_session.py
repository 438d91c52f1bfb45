import dataclasses
import os
import threading

import numpy as np
import pytest
import rasterio
import shapely

from uhr_landcover.engine.contract.teach import (
    AgreementRequest,
    Example,
    ExamplesRequest,
    NextRequest,
    SaveRequest,
    ViewRequest,
)
from uhr_landcover.engine.system.errors import Cancelled, InvalidJob, OutputError
from uhr_landcover.engine.teach.features.feature_store import FeatureStore
from uhr_landcover.engine.teach.lesson import open_source
from uhr_landcover.engine.teach.session.session_source import kept_features
from uhr_landcover.engine.teach.session.teach_session import TeachSession
from uhr_landcover.models.checkpoint import read_card

LEFT, TOP = 500_010.25, 4_649_999.75
WHOLE = (LEFT, TOP - 256, LEFT + 256, TOP)
CORNERS = {5: [(60, 60), (120, 250)], 4: [(330, 60), (400, 250)], 1: [(60, 420), (400, 430)]}
NAMES = {5: "Water", 4: "Forest land", 1: "Urban land"}


def ground_box(col, row, side=40):
    x, y = LEFT + col / 2, TOP - row / 2
    return shapely.box(x, y - side / 2, x + side / 2, y).wkt


def drawn(*class_ids, **more):
    rows = [(class_id, corner) for class_id in class_ids for corner in CORNERS[class_id]]
    examples = tuple(
        Example(number, ground_box(*corner), class_id, NAMES[class_id])
        for number, (class_id, corner) in enumerate(rows)
    )
    return ExamplesRequest(2, examples, **more)


@pytest.fixture
def opened(scene, tmp_path):
    """Return a function that opens a session on the scene; it gives the session, its store and the classes."""
    stores = []

    def open_session(kept=None):
        source = open_source(str(scene[0]))
        store = FeatureStore(source, kept_features(source, str(kept), 100) if kept else None)
        stores.append(store)
        folder = tmp_path / f"maps{len(stores)}"
        folder.mkdir()
        return TeachSession(store, folder), store, scene[1]

    yield open_session
    for store in stores:
        store.__exit__()


def read_map(data):
    with rasterio.open(data["map"]["path"]) as dataset:
        return dataset.read(1), dataset


def test_view_without_examples_has_no_map_but_its_features_are_ready(opened):
    session, store, _ = opened()

    data = session.answer(ViewRequest(1, WHOLE))
    computed = store.computed
    session.answer(ViewRequest(2, WHOLE))

    assert data["map"] is None
    assert data["sentence"] == "Draw an example of two classes at least."
    assert computed == store.computed == 1


def test_examples_of_one_class_get_a_sentence_and_no_map(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))

    data = session.answer(drawn(5))

    assert data["map"] is None
    assert "only 'Water'" in data["sentence"]


def test_map_of_the_view_shows_the_classes_where_they_are(opened):
    session, _, truth = opened()
    session.answer(ViewRequest(1, WHOLE))

    data = session.answer(drawn(5, 4, 1))

    found, dataset = read_map(data)
    ids = np.vectorize({1: 1, 4: 2, 5: 3}.get)(truth[1::2, 1::2])
    assert found.shape == (256, 256)
    assert (found == ids).mean() > 0.95
    assert dataset.crs.to_epsg() == 32633
    assert data["map"]["bounds"] == pytest.approx(WHOLE)
    assert tuple(dataset.bounds) == pytest.approx(WHOLE)
    assert [row["class_name"] for row in data["map"]["areas"]] == ["Unclassified", "Urban land", "Forest land", "Water"]
    assert sum(row["share"] for row in data["map"]["areas"]) == pytest.approx(1.0, abs=1e-4)
    assert sum(data["map"]["shares"].values()) == pytest.approx(1.0, abs=1e-4)


def test_view_of_a_part_is_that_part_of_the_whole(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))
    whole, _ = read_map(session.answer(drawn(5, 4, 1)))

    part, dataset = read_map(session.answer(ViewRequest(3, (LEFT + 40, TOP - 120, LEFT + 140, TOP - 30))))

    assert tuple(dataset.bounds) == pytest.approx((LEFT + 40, TOP - 120, LEFT + 140, TOP - 30))
    assert np.array_equal(part, whole[30:120, 40:140])


def test_edit_takes_no_new_features(opened):
    session, store, _ = opened()
    session.answer(ViewRequest(1, WHOLE))
    session.answer(drawn(5, 4))
    before = store.computed

    session.answer(drawn(5, 4, 1))

    assert store.computed == before


def test_examples_off_the_view_count(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, (LEFT, TOP - 60, LEFT + 60, TOP)))

    found, _ = read_map(session.answer(drawn(5, 4, 1)))

    assert (found == 3).mean() > 0.95, "water, though examples of all classes but one lie elsewhere"


def test_only_the_last_two_maps_stay_on_the_disk(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))

    paths = [session.answer(drawn(5, 4))["map"]["path"] for _ in range(3)]

    assert len(set(paths)) == 3
    assert [p for p in paths if not os.path.exists(p)] == paths[:1]


def test_what_is_wrong_with_examples_is_noted_and_the_map_is_made_without_it(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))
    request = drawn(5, 4)
    bow = "POLYGON ((500020 4649990, 500030 4649980, 500030 4649990, 500020 4649980, 500020 4649990))"
    more = (
        Example(10, ground_box(5000, 0), 5, "Water"),
        Example(11, ground_box(70, 70), 4, "Forest land"),
        Example(12, bow, 5, "Water"),
        Example(13, "POLYGON ((0 0, 1", 5, "Water"),
    )

    data = session.answer(dataclasses.replace(request, examples=request.examples + more))

    assert data["map"] is not None
    notes = {tuple(note["examples"]): note for note in data["notes"]}
    assert "cross themselves" in notes[(12,)]["message"]
    assert "outside the raster" in notes[(10, 13)]["message"]
    assert "overlap at" in notes[(0, 11)]["message"]
    assert notes[(0, 11)]["place"] == pytest.approx([500057.75, 4649952.25], abs=20)


def test_places_to_go_next_are_spaced_off_the_examples_and_inside_the_view(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))
    session.answer(drawn(5, 4, 1))

    places = session.answer(NextRequest(3, 10))["places"]

    points = np.array([(p["x"], p["y"]) for p in places])
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))[np.triu_indices(len(points), 1)]
    shapes = [shapely.from_wkt(e.wkt) for e in drawn(5, 4, 1).examples]
    assert len(places) == 10
    assert apart.min() > 40
    assert min(shapely.Point(p).distance(s) for p in points for s in shapes) > 30
    assert all(WHOLE[0] < x < WHOLE[2] and WHOLE[1] < y < WHOLE[3] for x, y in points)
    assert [p["random"] for p in places].count(True) == 2
    sure = [p["margin"] for p in places if not p["random"]]
    assert min(sure) < 0.5
    assert len(places[0]["class_names"]) == 2


def test_places_lead_to_ground_that_nobody_has_shown(opened):
    session, _, truth = opened()
    session.answer(ViewRequest(1, WHOLE))
    session.answer(drawn(5, 4))  # nobody has shown what houses are

    places = session.answer(NextRequest(3, 5))["places"]

    asked = [truth[int((TOP - p["y"]) * 2), int((p["x"] - LEFT) * 2)] for p in places if not p["random"]]
    assert 1 in asked


def test_request_that_needs_a_map_before_there_is_one_gets_the_sentence(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))

    for request in (NextRequest(2), AgreementRequest(3), SaveRequest(4, "/nowhere/m.safetensors")):
        with pytest.raises(InvalidJob, match="Draw an example of two classes"):
            session.answer(request)


def test_agreement_names_the_examples_that_were_mistaken(opened):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))
    request = drawn(5, 4, 1)
    lying = Example(50, ground_box(200, 300, 20), 1, "Urban land")  # water, called urban

    data = session.answer(dataclasses.replace(request, examples=(*request.examples, lying)))
    data = session.answer(AgreementRequest(3))

    assert data["examples"] == 7
    said = {row["id"]: (row["class_name"], row["said"]) for row in data["left_out"]}
    assert said[50] == ("Urban land", "Water")
    assert "of 7 polygons" in data["sentence"]


def test_saved_model_is_a_checkpoint_that_tells_what_was_drawn(opened, tmp_path):
    session, _, _ = opened()
    session.answer(ViewRequest(1, WHOLE))
    session.answer(drawn(5, 4, 1))
    path = tmp_path / "m.safetensors"

    data = session.answer(SaveRequest(3, str(path)))

    assert data["checkpoint"] == str(path)
    assert read_card(path).recipe["examples_by_class"] == {"Urban land": 2, "Forest land": 2, "Water": 2}
    with pytest.raises(OutputError, match="already there"):
        session.answer(SaveRequest(4, str(path)))


def test_features_are_found_again_by_the_next_session(opened, tmp_path):
    first, store, _ = opened(kept=tmp_path / "kept")
    first.answer(ViewRequest(1, WHOLE))
    expected, _ = read_map(first.answer(drawn(5, 4, 1)))
    assert store.computed > 0

    second, store, _ = opened(kept=tmp_path / "kept")
    second.answer(ViewRequest(1, WHOLE))
    found, _ = read_map(second.answer(drawn(5, 4, 1)))

    assert store.computed == 0
    assert np.array_equal(found, expected)


def test_raster_written_anew_is_not_taken_for_the_old_one(opened, scene, tmp_path):
    first, _, _ = opened(kept=tmp_path / "kept")
    first.answer(ViewRequest(1, WHOLE))
    with rasterio.open(scene[0], "r+") as dataset:
        dataset.write(np.full((3, 512, 512), 99, np.uint8))

    second, store, _ = opened(kept=tmp_path / "kept")
    second.answer(ViewRequest(1, WHOLE))

    assert store.computed == 1


def test_view_beside_the_raster_is_refused(opened):
    with pytest.raises(InvalidJob, match="does not show the raster"):
        opened()[0].answer(ViewRequest(1, (0.0, 0.0, 10.0, 10.0)))


def test_request_is_given_up_when_asked_to_stop(opened):
    session, store, _ = opened()
    stop = threading.Event()
    store.should_stop = stop.is_set
    stop.set()

    with pytest.raises(Cancelled):
        session.answer(ViewRequest(1, WHOLE))
