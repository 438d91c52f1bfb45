import os

import numpy as np
import pytest

from uhr_landcover.engine.teach.features.kept_features import KeptFeatures, TileFeatures, features_key


def features(seed=0, side=64):
    rng = np.random.default_rng(seed)
    maps = (rng.normal(size=(3, 16, 16)).astype(np.float16), rng.normal(size=(5, 2, 2)).astype(np.float16))
    return TileFeatures(maps=maps, valid=rng.random((side, side)) > 0.5)


@pytest.fixture
def kept(tmp_path):
    return KeptFeatures(folder=tmp_path, key="raster", most_bytes=10**6)


def test_features_come_back_as_they_were(kept):
    kept.write(3, features())

    found = kept.read(3)

    assert all(np.array_equal(a, b) for a, b in zip(found.maps, features().maps, strict=True))
    assert np.array_equal(found.valid, features().valid)


def test_background_comes_back_as_it_was(kept):
    kept.write_background(np.arange(6.0).reshape(2, 3))

    assert np.array_equal(kept.read_background(), np.arange(6.0).reshape(2, 3))


def test_features_that_are_not_kept_are_none(kept):
    assert kept.read(1) is None
    assert kept.read_background() is None


def test_damaged_file_counts_as_missing(kept, tmp_path):
    kept.write(3, features())
    file = next(tmp_path.glob("*/*.features"))
    file.write_bytes(file.read_bytes()[:-200])

    assert kept.read(3) is None


def test_least_recently_used_go_first_beyond_the_bound(tmp_path):
    size = 3000
    kept = KeptFeatures(folder=tmp_path, key="raster", most_bytes=3 * size)
    for index in (1, 2):
        kept.write(index, features(index))
        os.utime(tmp_path / "raster" / f"{index}.features", (index, index))
    assert kept.read(1) is not None  # used just now

    kept.write(3, features(3))

    assert kept.read(2) is None
    assert kept.read(1) is not None
    assert kept.read(3) is not None


def test_full_disk_is_told_once_and_nothing_is_lost(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    kept = KeptFeatures(folder=blocked, key="raster", most_bytes=10**6)

    kept.write(1, features())
    kept.write(2, features())

    assert "They are computed again next time" in kept.problem
    assert kept.read(1) is None


def test_key_depends_on_every_fact():
    assert features_key({"a": 1}) != features_key({"a": 2})
    assert features_key({"a": 1, "b": 2}) == features_key({"b": 2, "a": 1})
