"""Configuration of GRNet: its sizes and its choices where the paper is silent."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

_CHOICES = {
    "fusion": ("features", "logits"),
    "fusion_scale": (1, 2, 4),
    "saliency": ("softmax", "sigmoid"),
    "selection": ("proposals", "all", "none"),
    "overall_score": ("image", "running"),
    "focal_form": ("softmax", "one_vs_all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GRNetConfig:
    """Sizes of GRNet and its choices where the paper is silent; the defaults are the published or recommended ones.

    Attributes:
        grid: Tiles per side that the image is cut into (2, 4 or 8 in the paper).
        global_px: Side of the small view of the whole image, divisible by 16 times ``grid``.
        patch_input_px: Side to which a selected patch is resized for the refinement branch; 0 keeps its native size
            (the paper's text gives 612 px of 2448, its memory figures suggest a fixed size).
        base: Global branch: "pyramid" (ResNet with GLNet's head) or another method's name, whose logits are then fused.
        base_config: Settings of that other method.
        global_backbone: Backbone of the global branch: "resnet" or a name of encoders/backbone.py.
        refine_backbone: The same for the refinement branch.
        global_depth: ResNet depth of the global branch.
        global_widths: Its base widths.
        refine_depth: ResNet depth of the refinement branch.
        refine_widths: Its base widths.
        proposal_widths: Widths of the first three ResNet-18 stages that propose patches.
        shared_proposal_backbone: Propose from the global branch's c4 (no gradient) in place of a network of its own.
        pyramid_width: Channels of both pyramids.
        detail_width: Channels of each pyramid level before gathering.
        head_activation: Batch normalisation and ReLU after the pyramids' smoothings (GLNet's head has none).
        aggregation_width: Channels inside the aggregation.
        aggregation_norm: Batch normalisation inside the aggregation.
        fusion: What is fused: "features" (512 channels each) or "logits".
        fusion_scale: 1 fuses at the view's 1/4, as the paper says; 2 or 4 on a finer grid, which keeps more detail.
        saliency: How logits become saliency: "softmax" or "sigmoid" (as in RSTN).
        joint_saliency: Whether the refinement's gradient reaches the global branch through the saliency.
        selection: Patches to refine: "proposals", or for comparison "all" or "none".
        keep_global_unselected: Keep the global branch's logits, not the aggregation's, where no patch was refined.
        overall_score: What a patch's score is compared with in training: that of its "image", or the "running" mean.
        focal_form: "softmax" (GLNet's) or "one_vs_all" (sigmoid per class).
        focal_gamma: Focusing exponent.
        ignore_unknown: Leave class 0 out of the losses and of the patch scores.
    """

    grid: int = 4
    global_px: int = 512
    patch_input_px: int = 0
    base: str = "pyramid"
    base_config: dict[str, Any] = field(default_factory=dict)
    global_backbone: str = "resnet"
    refine_backbone: str = "resnet"
    global_depth: int = 50
    global_widths: tuple[int, ...] = (64, 128, 256, 512)
    refine_depth: int = 18
    refine_widths: tuple[int, ...] = (64, 128, 256, 512)
    proposal_widths: tuple[int, ...] = (64, 128, 256)
    shared_proposal_backbone: bool = False
    pyramid_width: int = 256
    detail_width: int = 128
    head_activation: bool = False
    aggregation_width: int = 256
    aggregation_norm: bool = True
    fusion: str = "features"
    fusion_scale: int = 1
    saliency: str = "softmax"
    joint_saliency: bool = True
    selection: str = "proposals"
    keep_global_unselected: bool = False
    overall_score: str = "image"
    focal_form: str = "softmax"
    focal_gamma: float = 3.0
    ignore_unknown: bool = True

    def __post_init__(self) -> None:
        if self.grid < 1 or self.global_px < 1 or self.global_px % (16 * self.grid):
            raise ValueError(f"The view of {self.global_px} px must be divisible by 16 × grid = {16 * self.grid}.")
        for name, known in _CHOICES.items():
            if getattr(self, name) not in known:
                raise ValueError(f"{name} = {getattr(self, name)!r} is unknown; use one of {list(known)}.")
        if self.base != "pyramid" and (self.fusion != "logits" or self.shared_proposal_backbone):
            raise ValueError(f"A base network '{self.base}' gives logits only: use fusion 'logits' and own proposals.")

    @staticmethod
    def from_dict(data: dict[str, Any]) -> GRNetConfig:
        """Build a configuration from JSON data; raise ValueError for unknown names or values."""
        known = {f.name for f in fields(GRNetConfig)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"Unknown GRNet settings {unknown}; known are {sorted(known)}.")
        return GRNetConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items()})
