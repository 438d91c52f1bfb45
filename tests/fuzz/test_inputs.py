"""Readers of what strangers hand over take an input or refuse it by a sentence, whatever it is."""

import os

import pytest
from fuzz.loop import CORPUS, corpus_of, fuzz
from fuzz.targets import TARGETS, outcome

INPUTS = 250
"""Mutations of each target on every change; always the same."""

SECONDS = float(os.environ.get("UHR_FUZZ_SECONDS", "300"))
"""Time of the slow test, of all targets together."""

targets = pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
corpus = [(target, path) for target in TARGETS.values() for path in corpus_of(target)]


def test_corpus_has_cases_of_every_target():
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert all(corpus_of(target) for target in TARGETS.values())


@targets
def test_whole_input_is_taken(target, tmp_path):
    seeds = target.seeds()

    assert seeds
    assert outcome(target, seeds[0], tmp_path) == "taken"


@pytest.mark.parametrize(("target", "path"), corpus, ids=[f"{t.name}-{p.name}" for t, p in corpus])
def test_input_that_went_wrong_once_is_taken_or_refused_by_a_sentence(target, path, tmp_path):
    found = outcome(target, path.read_bytes(), tmp_path)

    # The first word of a case's name says what is right, where that is known.
    assert found in {"taken": ("taken",), "refused": ("refused",)}.get(path.name.split("_")[0], ("taken", "refused"))


@targets
def test_mutated_input_is_taken_or_refused_by_a_sentence(target, tmp_path):
    tally = fuzz(target, tmp_path, seed=20261128, inputs=INPUTS)

    assert tally.findings == {}
    assert tally.inputs == INPUTS


@pytest.mark.slow
@targets
def test_mutated_inputs_of_five_minutes_are_taken_or_refused_by_a_sentence(target, tmp_path):
    tally = fuzz(target, tmp_path, seed=int.from_bytes(os.urandom(4), "little"), seconds=SECONDS / len(TARGETS))

    assert tally.findings == {}
    assert tally.inputs > 100
