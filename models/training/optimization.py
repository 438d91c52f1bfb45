"""Optimiser of a training run: its groups of parameters, the learning rate of a step, averaged weights."""

from __future__ import annotations

import math
from collections.abc import Collection

import torch
from torch import Tensor, nn

from .config import TrainingConfig


class AveragedWeights:
    """Exponential moving average of a network's state; with decay 0 it is the state itself."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.shadow = {k: v.detach().clone() for k, v in network.state_dict().items()} if decay else {}

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Move the average towards the network; early steps count more, so that it is not stuck at the start."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, value in network.state_dict().items() if self.decay else ():
            if value.is_floating_point():
                self.shadow[name].lerp_(value, 1 - decay)
            else:
                self.shadow[name].copy_(value)

    def state(self, network: nn.Module) -> dict[str, Tensor]:
        """Return the averaged state."""
        return self.shadow or network.state_dict()

    def in_place(self, network: nn.Module) -> _Swapped:
        """Return a context in which the network holds the averaged state."""
        return _Swapped(network, self.state(network))


class _Swapped:
    def __init__(self, network: nn.Module, state: dict[str, Tensor]) -> None:
        self._network, self._state = network, state

    def __enter__(self) -> None:
        self._kept = {k: v.clone() for k, v in self._network.state_dict().items()}
        self._network.load_state_dict(self._state)

    def __exit__(self, *exc: object) -> None:
        self._network.load_state_dict(self._kept)


def learning_rate(config: TrainingConfig, step: int) -> float:
    """Return the learning rate of a step: linear warm-up, then polynomial or cosine decay to `min_lr`."""
    warm = min(1.0, (step + 1) / max(config.warmup_steps, 1))
    done = step / config.steps
    decay = (1 - done) ** config.poly_power if config.schedule == "poly" else (1 + math.cos(math.pi * done)) / 2
    return warm * ((config.lr - config.min_lr) * decay + config.min_lr)


def build_optimizer(
    config: TrainingConfig, network: nn.Module, pretrained: Collection[str] = ()
) -> torch.optim.Optimizer:
    """Return the optimiser that a configuration asks for; AdamW does not decay biases and normalisations.

    Args:
        config: The training run.
        network: Whose parameters move.
        pretrained: Names of parameters whose learning rate is multiplied by the configuration's `backbone_lr`.
    """
    slow = set(pretrained) if config.backbone_lr != 1.0 else set()
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        groups.setdefault((name in slow, parameter.ndim > 1), []).append(parameter)
    decay_of_rest = config.weight_decay if config.optimizer != "adamw" else 0.0
    groups = [
        {
            "params": parameters,
            "weight_decay": config.weight_decay if is_decayed else decay_of_rest,
            "factor": config.backbone_lr if is_slow else 1.0,
        }
        for (is_slow, is_decayed), parameters in groups.items()
    ]
    if config.optimizer == "sgd":
        return torch.optim.SGD(groups, lr=config.lr, momentum=config.momentum)
    kind = torch.optim.AdamW if config.optimizer == "adamw" else torch.optim.Adam
    return kind(groups, lr=config.lr)
