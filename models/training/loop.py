"""The training loop: follows a TrainingConfig, resumes where it was stopped, writes a checkpoint with an honest card.

A library: it reports through a callback, prints nothing and never talks to a user.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from ..card import ModelCard
from ..checkpoint import load_checkpoint, save_checkpoint
from ..errors import CheckpointError, DataError
from ..legend import Legend, load_legend
from ..network import SegmentationNetwork
from ..preprocess import IMAGENET, SIGNED, UNIT, normalize
from ..pretrained import filled_parameters, load_backbones
from ..registry import build_network
from .augment import Augmentation
from .config import TrainingConfig
from .evaluate import evaluate_scenes
from .labels.class_balanced_labels import ClassBalancedLabels
from .labels.teacher import Teacher
from .optimization import AveragedWeights, build_optimizer, learning_rate
from .record.curves import Curves
from .record.saved_state import load_state, save_state, set_aside
from .samples import SampleStream, Scene, open_source

NORMALIZATIONS = {"imagenet": IMAGENET, "signed": SIGNED, "unit": UNIT}

FIRST_STEPS = 3
"""So many are reported one by one: on a processor a step can take many seconds."""

REPORT_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """One report of a running training.

    Attributes:
        step: Steps done.
        steps: Steps in all.
        loss: Mean loss since the last report; NaN before the first step.
        eta_s: Estimated seconds to the end; NaN while nothing is known.
        mean_iou: Result of a validation that just ended; None otherwise.
        note: Something the user should know; empty mostly.
    """

    step: int
    steps: int
    loss: float
    eta_s: float
    mean_iou: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrainingOutcome:
    """What a call to `train` came to.

    Attributes:
        checkpoint: Path of the model; None if not one step was done.
        step: Steps done, those of earlier calls included.
        steps: Steps in all.
    """

    checkpoint: Path | None
    step: int
    steps: int

    @property
    def is_finished(self) -> bool:
        """True if all steps are done."""
        return self.step >= self.steps


def train(
    config: TrainingConfig,
    *,
    base: Path,
    out: Path,
    device: str = "cpu",
    max_minutes: float = 0.0,
    report: Callable[[TrainingProgress], None] = lambda progress: None,
    should_stop: Callable[[], bool] = lambda: False,
    restart: bool = False,
) -> TrainingOutcome:
    """Train a network and write its checkpoint, also where it is stopped before the last step.

    Running the same configuration into the same folder again goes on where the last run stopped.

    Args:
        config: What to do.
        base: Folder that the configuration's relative paths start from.
        out: Folder for state, curves and checkpoint.
        device: Torch device.
        max_minutes: Wall-clock budget of this call; 0 for none. When it ends the learning rate is not annealed: raise
            the budget or lower `steps` for a finished model.
        report: Called at the start, after the first steps and then every few seconds.
        should_stop: Asked before every step; when true state and checkpoint are saved and the call returns. That
            checkpoint is not measured: who stops a run does not want to wait.
        restart: Begin anew where the folder holds an older run, which is set aside.

    Returns:
        The checkpoint with the steps it has seen; the state to go on from is saved beside it.

    Raises:
        DataError: If there is nothing to train on.
        CheckpointError: If `start_from` does not fit.
    """
    if restart:
        set_aside(Path(out))
    trainer = Trainer(config, base=base, out=out, device=device)
    if trainer.note:
        report(TrainingProgress(trainer.step, config.steps, math.nan, math.nan, note=trainer.note))
    deadline = time.monotonic() + 60 * max_minutes if max_minutes else math.inf
    was_stopped = trainer.run(deadline, report, should_stop)
    trainer.save_state()
    path = trainer.write_checkpoint(measure=not was_stopped) if trainer.step else None
    return TrainingOutcome(path, trainer.step, config.steps)


class Trainer:
    """Network, optimiser, samples and counters of one run; owns the folder it writes to."""

    def __init__(self, config: TrainingConfig, *, base: Path, out: Path, device: str) -> None:
        torch.manual_seed(config.seed)
        self.config, self.out, self.device = config, Path(out), torch.device(device)
        self.legend = load_legend(_legend_name(config.legend, base))
        self.sources = tuple(open_source(s, self.legend, base) for s in config.sources)
        self.normalization = NORMALIZATIONS[config.normalization]
        network, self.pretrained = _network(config, self.legend, base)
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.averaged = AveragedWeights(self.network, config.ema_decay)
        slow = filled_parameters(self.network, self.pretrained) if config.backbone_weights else ()
        self.optimizer = build_optimizer(config, self.network, slow)
        self.balanced_labels: ClassBalancedLabels | None = None
        teacher = (base / config.teacher, self.legend, config.teacher_sure_from, self.device)
        self.teacher = Teacher(*teacher) if config.teacher else None
        self.step, self.seconds, self.best = 0, 0.0, -1.0
        self.out.mkdir(parents=True, exist_ok=True)
        self.curves = Curves(self.out)
        self._load_state()

    def run(self, deadline: float, report: Callable[[TrainingProgress], None], should_stop: Callable[[], bool]) -> bool:
        """Train until the last step, the deadline or a stop; return whether it was asked to stop."""
        config = self.config
        stream = self._stream()
        if config.class_balance:
            self.balanced_labels = ClassBalancedLabels(stream, self.legend.num_classes, config.class_balance)
        batches = stream.batches(self.step * config.accumulate, config.steps * config.accumulate)
        saved = mark = told = time.monotonic()
        losses: list[float] = []
        self.network.train()
        report(TrainingProgress(self.step, config.steps, math.nan, self._seconds_left()))
        try:
            while self.step < config.steps:
                if should_stop():
                    return True
                if time.monotonic() > deadline:
                    return False
                self._choose_phase()
                losses.append(self._one_step(batches))
                now = time.monotonic()
                self.seconds, mark = self.seconds + now - mark, now
                validate = self.step % config.validate_every == 0 or self.step == config.steps
                if validate or self.step % 20 == 0:
                    score = self._validate() if validate else None
                    self._record(losses, score, report)
                    losses.clear()
                    told = now
                elif self.step <= FIRST_STEPS or now - told > REPORT_EVERY_S:
                    report(TrainingProgress(self.step, config.steps, losses[-1], self._seconds_left()))
                    told = now
                if now - saved > 60 * config.save_every_minutes:
                    self.save_state()
                    saved = now
        finally:
            batches.close()
        return False

    def _seconds_left(self) -> float:
        """Return the time to the last step at the pace so far; NaN before the first."""
        return self.seconds / self.step * (self.config.steps - self.step) if self.step else math.nan

    def _stream(self) -> SampleStream:
        config = self.config
        augmentation = Augmentation(
            scales=config.scales,
            rotations=config.rotations,
            vertical_flip=config.vertical_flip,
            photometric=config.photometric,
            appearance=config.appearance,
        )
        return SampleStream(
            self.sources,
            crop_px=config.crop_px,
            batch=config.batch,
            augmentation=augmentation,
            balance=config.balance,
            max_class_share=config.max_class_share,
            seed=config.seed,
            class_mix=config.class_mix,
        )

    def _choose_phase(self) -> None:
        """Follow the network's own order of training phases, if the recipe asks for it (PPN's alternation)."""
        if self.config.phases == "paper":
            epoch = self.step // self.config.epoch_steps
            self.network.phase = self.network.phase_of_epoch(epoch, self.config.warm_up_epochs)

    def _one_step(self, batches: Any) -> float:
        config = self.config
        torch.manual_seed(config.seed * 1_000_003 + self.step)  # dropout draws the same after a resume
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(config, self.step) * group["factor"]
        self.optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for _ in range(config.accumulate):
            total += self._gradients(*next(batches))
        if not math.isfinite(total):
            raise DataError(f"The loss became {total} at step {self.step}; lower 'lr' or check the masks.")
        if config.clip_norm:
            nn.utils.clip_grad_norm_(self.network.parameters(), config.clip_norm)
        self.optimizer.step()
        self.averaged.update(self.network, self.step)
        self.step += 1
        return total

    def _gradients(self, images: np.ndarray, labels: np.ndarray) -> float:
        """Add the gradients of one batch to the parameters; return its loss."""
        pixels = torch.from_numpy(images).to(self.device)
        image = normalize(pixels, self.normalization).to(memory_format=torch.channels_last)
        class_ids = torch.from_numpy(labels).to(self.device).long()
        if self.teacher:
            class_ids = self.teacher.complete(pixels, class_ids)
        if self.balanced_labels:
            class_ids = self.balanced_labels(class_ids)
        terms = self.network.training_terms(image, class_ids)
        total = 0.0
        while True:
            with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.config.mixed_precision):
                part = next(terms, None)
            if part is None:
                return total
            loss = part["total"] / self.config.accumulate
            loss.backward()
            total += float(loss.detach())

    def _validate(self) -> float | None:
        """Return the mean over the sources of their mean IoU, so that no source's size decides; None without scenes."""
        found = [self._score(list(source.validate))["mean_iou"] for source in self.sources if source.validate]
        self.network.train()
        known = [score for score in found if score is not None]
        if not known:
            return None
        score = sum(known) / len(known)
        if score > self.best:
            self.best = score
            save_checkpoint(self.out / f"{self.config.name}.best.safetensors", self._result_network(), self._card({}))
        return score

    def _score(self, scenes: list[Scene]) -> dict[str, Any]:
        with self.averaged.in_place(self.network):
            return evaluate_scenes(
                self.network.eval(),
                scenes,
                normalization=self.normalization,
                legend=self.legend,
                tile_px=self.config.tile_px,
                halo_px=self.config.halo_px,
                mirrors_rim=self.config.mirrors_rim,
            ).to_dict([c.name for c in self.legend.classes])

    def _result_network(self) -> SegmentationNetwork:
        network = build_network(self.config.method, self.network.config, num_classes=self.legend.num_classes)
        network.load_state_dict(self.averaged.state(self.network))
        return network

    def _record(self, losses: list[float], score: float | None, report: Callable[[TrainingProgress], None]) -> None:
        loss = sum(losses) / max(len(losses), 1)
        lr = learning_rate(self.config, self.step - 1)
        self.curves.add(step=self.step, minutes=self.seconds / 60, lr=lr, loss=loss, val_mean_iou=score)
        report(TrainingProgress(self.step, self.config.steps, loss, self._seconds_left(), score))

    def save_state(self) -> None:
        """Write everything that is needed to go on, under its name only when complete."""
        values = {
            "network": self.network.state_dict(),
            "averaged": self.averaged.shadow,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "best": self.best,
        }
        save_state(self.out, self.config, values)

    def _load_state(self) -> None:
        saved = load_state(self.out, self.config, self.device)
        self.note = saved.note if saved else ""
        if saved is None or not saved.values:
            return
        state = saved.values
        self.network.load_state_dict(state["network"])
        self.averaged.shadow = state["averaged"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds, self.best = state["step"], state["seconds"], state["best"]

    def write_checkpoint(self, *, measure: bool = True) -> Path:
        """Save the network with its card; unless told otherwise, measure it on the held-out scenes first."""
        metrics = {}
        for split in ("validate", "test") if measure else ():
            for i, source in enumerate(self.sources):
                scenes = list(getattr(source, split))
                if scenes:
                    name = _source_name(self.config, i)
                    metrics[f"{name}, {split}"] = {"scenes": [s.name for s in scenes], **self._score(scenes)}
        path = self.out / f"{self.config.name}.safetensors"
        save_checkpoint(path, self._result_network(), self._card(metrics))
        return path

    def _card(self, metrics: dict[str, Any]) -> ModelCard:
        config = self.config
        extra = {k: tuple(v) if isinstance(v, list) else v for k, v in config.card.items()}
        if self.step < config.steps:
            stopped = f"Training was stopped after {self.step} of {config.steps} steps."
            extra["limits"] = (*extra.get("limits", ()), stopped)
        recipe = {k: v for k, v in asdict(config).items() if k not in ("card", "network")}
        recipe.update(trained_steps=self.step, trained_minutes=round(self.seconds / 60, 1), torch=torch.__version__)
        recipe["device"] = str(self.device)
        recipe["pretrained_backbones"] = self.pretrained
        return ModelCard(
            name=config.name,
            title=extra.pop("title", config.name),
            method=config.method,
            config=self.network.config,
            legend=self.legend,
            ground_resolution_m=config.ground_resolution_m,
            tile_px=config.tile_px,
            halo_px=config.halo_px,
            mirrors_rim=config.mirrors_rim,
            normalization=self.normalization,
            recipe=recipe,
            metrics=metrics,
            **extra,
        )


def _network(config: TrainingConfig, legend: Legend, base: Path) -> tuple[SegmentationNetwork, list[dict[str, Any]]]:
    """Return the network as training starts, and what it took from files of backbone weights."""
    start = load_checkpoint(base / config.start_from) if config.start_from else None
    if start and start.card.method != config.method:
        raise CheckpointError(
            f"start_from is a {start.card.method} checkpoint but this run trains {config.method}. "
            "Choose one of the same method."
        )
    settings = {**(start.card.config if start else {}), **config.network}  # e.g. GLNet's next path, the same widths
    network = build_network(config.method, settings, num_classes=legend.num_classes)
    if start and settings.get("path") == start.card.config.get("path"):
        SegmentationNetwork.start_from(network, start.network)
        return network, list(start.card.recipe.get("pretrained_backbones", ()))
    # A branch that only this stage has starts from the files; what the earlier stage has trained replaces the rest.
    pretrained = [asdict(row) for file in config.backbone_weights for row in load_backbones(network, base / file)]
    if start:
        network.start_from(start.network)
    return network, pretrained


def _legend_name(name: str, base: Path) -> str:
    return str(base / name) if name.endswith(".json") else name


def _source_name(config: TrainingConfig, index: int) -> str:
    source = config.sources[index]
    return Path(source.folder).name if source.folder else "generated landscapes"
