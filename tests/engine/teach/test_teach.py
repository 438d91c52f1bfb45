import numpy as np
import pytest
import rasterio
import shapely

from uhr_landcover.engine.__main__ import _parser
from uhr_landcover.engine.contract.events import ErrorCode, Note
from uhr_landcover.engine.system.errors import OutputError
from uhr_landcover.engine.system.run_context import RunContext
from uhr_landcover.models.checkpoint import read_card
from uhr_landcover.models.errors import DataError


@pytest.fixture
def command():
    """Return a function that does what a command line says; it gives the data of the result and the notes."""

    def run(name, *arguments):
        parser, module = _parser(name)
        notes = []
        args = parser.parse_args([name, *(str(a) for a in arguments)])
        data = module.execute(args, RunContext(lambda e: notes.append(e.message) if isinstance(e, Note) else None))
        return data, notes

    return run


def read_band(path):
    with rasterio.open(path) as dataset:
        return dataset.read(1)


def test_taught_model_maps_the_raster_like_any_checkpoint(command, scene, examples, tmp_path):
    raster, truth = scene
    model = tmp_path / "model.safetensors"

    taught, _ = command("teach", raster, examples, "--out", model)
    result, _ = command("segment", raster, "--checkpoint", model, "--out", tmp_path / "out", "--formats", "gpkg")

    assert taught["classes"] == {"Urban land": 2, "Forest land": 2, "Water": 2}
    assert taught["agreement"]["right"] == 6
    found = read_band(result["class_raster"])
    ids = {1: 1, 4: 2, 5: 3}
    assert (found == np.vectorize(ids.get)(truth)).mean() > 0.95


def test_model_of_one_image_maps_another(command, scene, examples, make_raster, three_grounds, tmp_path):
    image, truth = three_grounds(seed=9)
    other, model = make_raster(image[:, :, ::-1].copy(), "other.tif"), tmp_path / "model.safetensors"
    command("teach", scene[0], examples, "--out", model)

    result, _ = command("segment", other, "--checkpoint", model, "--out", tmp_path / "out", "--formats", "")

    found = read_band(result["class_raster"])
    assert (found == np.vectorize({1: 1, 4: 2, 5: 3}.get)(truth[:, ::-1])).mean() > 0.9


def test_card_says_what_was_taught_with_what(command, scene, examples, tmp_path):
    command("teach", scene[0], examples, "--out", tmp_path / "model.safetensors")

    card = read_card(tmp_path / "model.safetensors")

    assert [c.name for c in card.legend.classes] == ["Unclassified", "Urban land", "Forest land", "Water"]
    assert card.recipe["examples_by_class"] == {"Urban land": 2, "Forest land": 2, "Water": 2}
    assert card.recipe["numbers_in_the_layer"] == [1, 4, 5]
    assert card.recipe["prior"] == "estimated"
    assert card.recipe["raster"] == "scene.tif"
    assert card.recipe["encoder"] == "efficientnet-lite0"
    assert card.metrics["left-out examples"]["examples"] == 6
    assert "Apache-2.0" in card.licence
    assert card.ground_resolution_m == 1.0


def test_teaching_twice_gives_the_same_weights(command, scene, examples, tmp_path):
    for name in ("a", "b"):
        command("teach", scene[0], examples, "--out", tmp_path / f"{name}.safetensors")

    first, second = (read_card(tmp_path / f"{name}.safetensors").weights_sha256 for name in ("a", "b"))

    assert first == second


def test_unclassified_takes_what_no_class_is_sure_of(command, scene, examples, tmp_path):
    model = tmp_path / "model.safetensors"
    command("teach", scene[0], examples, "--out", model, "--unclassified-below", "0.999")

    result, _ = command("segment", scene[0], "--checkpoint", model, "--out", tmp_path / "out", "--formats", "")

    assert result["areas"][0]["class_name"] == "Unclassified"
    assert result["areas"][0]["share"] > 0.01


def test_example_without_data_is_left_out_with_a_note(command, scene, draw, tmp_path):
    with rasterio.open(scene[0], "r+") as dataset:
        mask = np.full((512, 512), 255, np.uint8)
        mask[:200, :200] = 0
        dataset.write_mask(mask)
    boxes = [shapely.box(x, y, x + 40, y + 40) for x, y in ((60, 60), (120, 250), (330, 60))]

    _, notes = command("teach", scene[0], draw(boxes, {"class_id": [5, 5, 4]}), "--out", tmp_path / "m.safetensors")

    assert any("no data (feature 1" in note for note in notes)


def test_class_without_data_is_refused(command, scene, draw, tmp_path):
    with rasterio.open(scene[0], "r+") as dataset:
        mask = np.full((512, 512), 255, np.uint8)
        mask[:200, :200] = 0
        dataset.write_mask(mask)
    boxes = [shapely.box(x, y, x + 40, y + 40) for x, y in ((60, 60), (330, 60))]

    layer = draw(boxes, {"class_name": ["Water", "Wood"]})

    with pytest.raises(DataError, match="All examples of Water lie where the raster has no data"):
        command("teach", scene[0], layer, "--out", tmp_path / "m.safetensors")
    assert not (tmp_path / "m.safetensors").exists()


def test_model_that_is_there_is_only_replaced_when_asked(command, scene, examples, tmp_path):
    model = tmp_path / "model.safetensors"
    model.write_bytes(b"mine")

    with pytest.raises(OutputError) as refused:
        command("teach", scene[0], examples, "--out", model)

    assert refused.value.code is ErrorCode.OUTPUT_EXISTS
    assert model.read_bytes() == b"mine"
    command("teach", scene[0], examples, "--out", model, "--overwrite")
    assert read_card(model).method == "taught"


def test_model_of_another_ending_is_refused(command, scene, examples, tmp_path):
    with pytest.raises(OutputError, match=r"end it in \.safetensors"):
        command("teach", scene[0], examples, "--out", tmp_path / "model.pth")
