"""Saved state of a training run: the last two on disk, of which one is whole whatever ends the process."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from pickle import UnpicklingError  # nosec B403 - the error only; nothing is unpickled
from typing import Any

import torch

from ...errors import DataError
from ...files import whole_file
from ..config import SourceConfig, TrainingConfig

STATE, PREVIOUS_STATE = "state.pt", "state.previous.pt"
CURVES = "curves.csv"
CHANGEABLE = {"steps", "validate_every", "save_every_minutes", "name", "card"}
"""Settings that a run may change on its way: how long it is, when it saves, what the model is called."""

KEYS = {"config", "network", "averaged", "optimizer", "step", "seconds", "best"}


@dataclasses.dataclass(frozen=True, slots=True)
class SavedState:
    """A state to go on from.

    Attributes:
        values: What was saved, by the names in `KEYS`.
        note: What the user should know of it: that a damaged file was set aside; empty mostly.
    """

    values: dict[str, Any]
    note: str = ""


def save_state(folder: Path, config: TrainingConfig, values: dict[str, Any]) -> None:
    """Write a state; the one before it is kept beside it.

    Args:
        folder: Folder of the run.
        config: What the run was asked to do.
        values: The rest of `KEYS`.
    """
    with whole_file(folder / STATE) as temporary:
        torch.save({"config": asdict(config), **values}, temporary)
        if (folder / STATE).exists():
            (folder / STATE).replace(folder / PREVIOUS_STATE)


def set_aside(folder: Path) -> None:
    """Keep an older run's state and curves under other names, so that a new one begins in its folder."""
    for name in (STATE, PREVIOUS_STATE, CURVES):
        path = folder / name
        if path.exists():
            path.replace(path.with_name(f"older.{name}"))


def load_state(folder: Path, config: TrainingConfig, device: torch.device) -> SavedState | None:
    """Return the last whole state of a run, or None where there is none; damaged files are set aside.

    Args:
        folder: Folder of the run.
        config: What the run is asked to do now.
        device: Where the tensors go.

    Raises:
        DataError: If the run was asked to do something else.
    """
    damaged = []
    for path in (folder / STATE, folder / PREVIOUS_STATE):
        try:
            values = _read(path, device)
        except FileNotFoundError:
            continue
        except (OSError, RuntimeError, ValueError, EOFError, UnpicklingError, KeyError) as error:
            damaged.append(f"{path.name} ({str(error).splitlines()[0] if str(error) else type(error).__name__})")
            path.replace(path.with_name(f"{path.name}.damaged"))
            continue
        notes = [_note(damaged, values["step"]), _check_settings(values["config"], config, folder)]
        return SavedState(values, " ".join(note for note in notes if note))
    return SavedState({}, _note(damaged, 0)) if damaged else None


def _read(path: Path, device: torch.device) -> dict[str, Any]:
    values = torch.load(path, map_location=device, weights_only=True)
    if not isinstance(values, dict) or not set(values) >= KEYS:
        raise ValueError("entries are missing")
    if isinstance(values["config"], str):  # version 0.1 wrote the settings as text
        values["config"] = ast.literal_eval(values["config"])
    return values


def _note(damaged: list[str], step: int) -> str:
    if not damaged:
        return ""
    go_on = f"training goes on from step {step}" if step else "training begins anew"
    return f"A saved state was damaged and set aside: {', '.join(damaged)}; {go_on}."


def _check_settings(saved: dict[str, Any], config: TrainingConfig, folder: Path) -> str:
    """Return what the user should know of settings that a run may change on its way; refuse others."""
    filled = _filled(dict(saved), TrainingConfig)
    changed = list(_changes(filled, config))
    if changed:
        raise DataError(
            f"{folder} holds a run with other settings ({'; '.join(changed[:3])}). Go on with those settings, choose "
            "an empty folder, or begin anew in this one with --restart."
        )
    if filled["steps"] == config.steps:
        return ""
    return f"The run was asked for {filled['steps']} steps and goes on to {config.steps}; the learning rate follows."


def _changes(saved: dict[str, Any], config: TrainingConfig) -> Iterator[str]:
    """Yield how a run differs from what is asked for now, but for what it may change on its way.

    A setting that did not exist when the run began counts as its default, so that a newer version goes on with it.
    """
    before, now = saved.get("sources", ()), asdict(config)
    sources = now.pop("sources")
    yield from _differences(saved, {name: value for name, value in now.items() if name not in CHANGEABLE})
    if len(before) != len(sources):
        yield f"{len(before)} sources there, {len(sources)} here"
        return
    for i, (old, new) in enumerate(zip(before, sources, strict=True)):
        yield from (f"source {i + 1}, {text}" for text in _differences(_filled(old, SourceConfig), new))


def _filled(saved: dict[str, Any], kind: type) -> dict[str, Any]:
    defaults = {}
    for field in dataclasses.fields(kind):
        if field.default_factory is not dataclasses.MISSING:
            defaults[field.name] = field.default_factory()
        elif field.default is not dataclasses.MISSING:
            defaults[field.name] = field.default
    return defaults | saved


def _differences(saved: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for name, value in now.items():
        if saved.get(name) != value:
            yield f"{name}: {saved.get(name)!r} there, {value!r} here"
