"""The encoder that is tuned on land cover, as it ships."""

import numpy as np
import torch

from uhr_landcover.models.encoders.stored import encoder_path, list_encoders, load_encoder, read_encoder_card

NAME = "lite0-landcover"


def test_tuned_encoder_ships_in_16_bits_with_what_it_learnt_from():
    card = read_encoder_card(NAME)

    assert NAME in list_encoders()
    assert encoder_path(NAME).stat().st_size < 6.5e6
    assert (card.name, card.licence) == (NAME, "Apache-2.0")
    assert "CC BY 4.0" in " ".join(card.data)
    assert {"open2, validate", "open2, test"} <= set(card.metrics)


def test_tuned_encoder_differs_from_the_one_it_began_as_beyond_the_frozen_stages():
    tuned, first = (load_encoder(name).encoder for name in (NAME, "efficientnet-lite0"))
    image = torch.from_numpy(np.random.default_rng(0).normal(0, 1, (1, 3, 64, 64)).astype(np.float32))

    with torch.inference_mode():
        ours, theirs = tuned(image), first(image)

    assert torch.equal(ours[0], theirs[0]), "the first stages were frozen"
    assert torch.equal(ours[1], theirs[1])
    assert not torch.allclose(ours[3], theirs[3], atol=0.1)
