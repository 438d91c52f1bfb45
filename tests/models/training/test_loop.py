"""The training loop on tiny networks and generated or hand-made scenes."""

import csv

import numpy as np
import pytest
import torch
from PIL import Image

from uhr_landcover.models.checkpoint import load_checkpoint
from uhr_landcover.models.errors import CheckpointError, DataError
from uhr_landcover.models.training import loop as training
from uhr_landcover.models.training.config import SourceConfig, TrainingConfig, read_training_config
from uhr_landcover.models.training.loop import learning_rate, train

WIDTHS = {"deep_widths": (8, 8, 8, 8), "shallow_widths": (8, 8, 8, 8), "channels": 16, "head_channels": 8}


@pytest.fixture
def folder(tmp_path):
    """Four scenes: water (blue) left, barren (bright) right."""
    rng = np.random.default_rng(0)
    for name in ("images", "masks"):
        (tmp_path / "data" / name).mkdir(parents=True)
    for place in range(4):
        edge = 40 + 10 * place
        labels = np.full((96, 128), 6, np.uint8)
        labels[:, :edge] = 5
        colors = np.where(labels[..., None] == 5, (20, 40, 120), (210, 200, 180))
        image = np.clip(colors + rng.normal(0, 8, (96, 128, 3)), 0, 255).astype(np.uint8)
        Image.fromarray(image).save(tmp_path / "data" / "images" / f"place{place}_a.png")
        Image.fromarray(labels).save(tmp_path / "data" / "masks" / f"place{place}_a.png")
    return tmp_path


def make_config(**changes):
    source = SourceConfig(folder="data", group=r"place(\d)", validate=("2",), test=("3",))
    values = {
        "name": "tiny",
        "network": WIDTHS,
        "sources": (source,),
        "crop_px": 64,
        "batch": 4,
        "steps": 6,
        "warmup_steps": 1,
        "validate_every": 3,
        "tile_px": 128,
        "halo_px": 16,
        "lr": 5e-3,
    }
    return TrainingConfig(**{**values, **changes})


def state_of(folder):
    return torch.load(folder / "state.pt", weights_only=True)["network"]


def test_train_writes_a_checkpoint_that_tells_what_it_was_trained_and_tested_on(folder):
    path = train(make_config(), base=folder, out=folder / "run").checkpoint

    card = load_checkpoint(path).card
    assert card.metrics["data, test"]["scenes"] == ["place3_a"]
    assert card.metrics["data, validate"]["scenes"] == ["place2_a"]
    assert card.recipe["trained_steps"] == 6


def test_train_learns_two_classes_that_colour_separates(folder):
    config = make_config(steps=60, validate_every=60, lr=1e-2, photometric=False)

    path = train(config, base=folder, out=folder / "run").checkpoint

    losses = [float(row["loss"]) for row in csv.DictReader((folder / "run" / "curves.csv").open())]
    assert losses[-1] < 0.7 * losses[0]
    assert load_checkpoint(path).card.metrics["data, test"]["mean_iou"] > 0.45  # one class everywhere gives 0.27


def test_train_interrupted_and_resumed_ends_in_the_same_weights(folder):
    whole, parts = folder / "whole", folder / "parts"
    train(make_config(), base=folder, out=whole)
    asked = iter([False, False, False, True])

    assert not train(make_config(), base=folder, out=parts, should_stop=lambda: next(asked, False)).is_finished
    assert train(make_config(), base=folder, out=parts).is_finished

    ours, theirs = state_of(parts), state_of(whole)
    assert all(torch.equal(ours[k], theirs[k]) for k in theirs)


def test_train_stops_when_the_time_is_up_and_keeps_its_state(folder):
    outcome = train(make_config(steps=10_000), base=folder, out=folder / "run", max_minutes=1e-6)

    assert (outcome.checkpoint, outcome.step, outcome.is_finished) == (None, 0, False)
    assert (folder / "run" / "state.pt").exists()


def test_train_stopped_by_its_limit_leaves_a_measured_model_of_the_steps_it_had(folder):
    outcome = train(make_config(steps=10_000, validate_every=10_000), base=folder, out=folder / "run", max_minutes=0.02)

    card = load_checkpoint(outcome.checkpoint).card
    assert 0 < outcome.step < 10_000
    assert card.recipe["trained_steps"] == outcome.step
    assert card.metrics["data, test"]["scenes"] == ["place3_a"]
    assert card.limits[-1] == f"Training was stopped after {outcome.step} of 10000 steps."


def test_train_stopped_by_the_user_leaves_a_model_at_once_that_is_not_measured(folder):
    asked = iter([False, False])

    outcome = train(make_config(), base=folder, out=folder / "run", should_stop=lambda: next(asked, True))

    card = load_checkpoint(outcome.checkpoint).card
    assert (outcome.step, card.recipe["trained_steps"], card.metrics) == (2, 2, {})


def test_train_reports_from_the_start_and_after_the_first_step(folder):
    seen = []

    train(make_config(steps=60, validate_every=60), base=folder, out=folder / "run", report=seen.append)

    assert [p.step for p in seen[:4]] == [0, 1, 2, 3]
    assert np.isnan(seen[0].eta_s)
    assert seen[1].eta_s > 0


def test_train_goes_on_to_more_steps_than_were_asked_for_first(folder):
    first = train(make_config(), base=folder, out=folder / "run")
    notes = []

    more = train(make_config(steps=8), base=folder, out=folder / "run", report=lambda p: notes.append(p.note))

    assert (first.step, more.step) == (6, 8)
    assert "goes on to 8" in notes[0]


def test_train_begins_anew_where_that_is_asked_for_and_keeps_the_older_state(folder):
    train(make_config(), base=folder, out=folder / "run")

    outcome = train(make_config(lr=1e-4, steps=2), base=folder, out=folder / "run", restart=True)

    assert outcome.step == 2
    assert torch.load(folder / "run" / "older.state.pt", weights_only=True)["step"] == 6


def test_train_refuses_to_resume_with_other_settings(folder):
    train(make_config(), base=folder, out=folder / "run")

    with pytest.raises(DataError, match="run with other settings"):
        train(make_config(lr=1e-4), base=folder, out=folder / "run")


def test_train_records_loss_and_validation(folder):
    train(make_config(), base=folder, out=folder / "run")

    rows = list(csv.DictReader((folder / "run" / "curves.csv").open()))
    assert [row["step"] for row in rows] == ["3", "6"]
    assert all(0 <= float(row["val_mean_iou"]) <= 1 for row in rows)


def test_accumulated_gradients_equal_those_of_one_large_batch(folder):
    trainer = training.Trainer(make_config(accumulate=2), base=folder, out=folder / "a", device="cpu")
    trainer.network.eval()  # batch statistics would differ between one batch and its halves
    images, labels = trainer._stream().batch(0)

    trainer._gradients(images, labels)
    trainer._gradients(images, labels)
    twice = [p.grad.clone() for p in trainer.network.parameters() if p.grad is not None]
    trainer.network.zero_grad()
    single = training.Trainer(make_config(), base=folder, out=folder / "b", device="cpu")
    single.network.eval()
    single._gradients(images, labels)
    once = [p.grad for p in single.network.parameters() if p.grad is not None]

    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(twice, once, strict=True))


def test_fine_tune_starts_from_the_given_weights(folder):
    first = train(make_config(), base=folder, out=folder / "first").checkpoint

    trainer = training.Trainer(
        make_config(start_from=str(first), network={}), base=folder, out=folder / "second", device="cpu"
    )

    kept = load_checkpoint(first).network.state_dict()["backbone.layer1.0.conv1.weight"]
    assert torch.equal(trainer.network.state_dict()["backbone.layer1.0.conv1.weight"], kept)


def test_fine_tune_from_another_method_is_refused(folder):
    first = train(make_config(), base=folder, out=folder / "first").checkpoint

    with pytest.raises(CheckpointError, match="isdnet checkpoint but this run trains ppn"):
        training.Trainer(
            make_config(method="ppn", network={}, start_from=str(first)), base=folder, out=folder / "x", device="cpu"
        )


def test_learning_rate_rises_then_falls_to_the_minimum():
    config = make_config(steps=100, warmup_steps=10, lr=1.0, min_lr=0.1)

    assert learning_rate(config, 0) == pytest.approx(0.1)
    assert learning_rate(config, 9) < 1.0
    assert learning_rate(config, 99) == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = 'x'", "names no"),
        ("name = 'x'\nspeed = 3\n[[sources]]\nfolder = 'a'", "Unknown entries"),
        ("name = 'x'\nsteps = 0\n[[sources]]\nfolder = 'a'", "'steps' is 0"),
        ("name = 'x'\n[[sources]]\nkind = 'scenes'", "needs seeds"),
        ("name = ", "not a readable TOML"),
    ],
)
def test_configuration_mistakes_are_told_in_a_sentence(tmp_path, text, sentence):
    (tmp_path / "c.toml").write_text(text)

    with pytest.raises(DataError, match=sentence):
        read_training_config(tmp_path / "c.toml")


def test_recipes_of_the_project_can_be_read():
    from pathlib import Path

    recipes = sorted((Path(training.__file__).resolve().parents[2] / "recipes").glob("*.toml"))

    assert recipes
    assert all(read_training_config(path).name == path.stem for path in recipes)


def test_resumed_training_with_thinned_labels_ends_in_the_same_weights(folder):
    config = make_config(class_balance=0.5)
    train(config, base=folder, out=folder / "whole")
    calls = iter([False, False, True])
    train(config, base=folder, out=folder / "parts", should_stop=lambda: next(calls))
    train(config, base=folder, out=folder / "parts")

    assert same_weights(folder / "whole", folder / "parts")
    train(make_config(), base=folder, out=folder / "plain")
    assert not same_weights(folder / "whole", folder / "plain")


def test_pretrained_backbone_moves_more_slowly_than_the_rest(folder):
    network = training.build_network("isdnet", {**WIDTHS, "deep_branch": "resnet18_v1b"}, num_classes=7)
    state = {k.removeprefix("backbone."): v for k, v in network.state_dict().items() if k.startswith("backbone.")}
    torch.save({k: v for k, v in state.items() if not k.startswith("layer4")}, folder / "backbone.pth")
    config = make_config(
        network=network.config, backbone_weights=("backbone.pth",), backbone_lr=0.0, optimizer="sgd", steps=2
    )

    trainer = training.Trainer(config, base=folder, out=folder / "run", device="cpu")
    before = {k: v.clone() for k, v in trainer.network.state_dict().items()}
    trainer.run(float("inf"), lambda progress: None, lambda: False)

    after = trainer.network.state_dict()
    assert torch.equal(after["backbone.conv1.weight"], state["conv1.weight"])
    moved = [k for k, v in before.items() if k.endswith("weight") and not torch.equal(after[k], v)]
    assert any(k.startswith("refine_head.") for k in moved)
    assert {k.split(".")[1] for k in moved if k.startswith("backbone.")} == {"layer4"}  # not in the file


def same_weights(one, other):
    a, b = state_of(one), state_of(other)
    return all(torch.equal(a[k], b[k]) for k in a)
