"""Groups of results in the layer tree: one for each run, the polygons on top. Main thread only."""

from typing import Optional

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject

RESULT_PROPERTY = "uhr_landcover/result"
"""Custom property of our layers: "classes", "confidence", "probabilities", "preview", "polygons" or "patches"."""

_ORDER = ("patches", "polygons", "classes", "confidence", "probabilities")
"""From top to bottom."""


def group_of(project: QgsProject, layer_id: str) -> Optional[QgsLayerTreeGroup]:
    """Return the group that a layer lies in; None if the layer is gone or lies in none."""
    node = project.layerTreeRoot().findLayer(layer_id) if layer_id else None
    parent = node.parent() if node is not None else None
    return parent if isinstance(parent, QgsLayerTreeGroup) and parent != project.layerTreeRoot() else None


def free_title(project: QgsProject, title: str) -> str:
    """Return a name that no group has yet: a run that is opened twice has two."""
    name, number = title, 1
    while project.layerTreeRoot().findGroup(name) is not None:
        number += 1
        name = f"{title} ({number})"
    return name


def move_to_group(project: QgsProject, layer: QgsMapLayer, title: str) -> None:
    """Move a layer that the project shows into the group of this name, which is made on top if there is none."""
    root = project.layerTreeRoot()
    node = root.findLayer(layer.id())
    if node is None:
        return
    group = root.findGroup(title) or root.insertGroup(0, title)
    if node.parent() == group:
        return
    copy, parent = node.clone(), node.parent()
    group.insertChildNode(_place(group, layer), copy)
    copy.setExpanded(layer.customProperty(RESULT_PROPERTY) == "polygons")
    parent.removeChildNode(node)
    unfold(group)


def unfold(group: QgsLayerTreeGroup) -> None:
    """Show what a group holds: the tree folds one that was empty when it came, and only a change unfolds it again."""
    group.setExpanded(False)
    group.setExpanded(True)


def _place(group: QgsLayerTreeGroup, layer: QgsMapLayer) -> int:
    ranks = [_rank(node.layer()) for node in group.findLayers()]
    return sum(rank <= _rank(layer) for rank in ranks)


def _rank(layer: Optional[QgsMapLayer]) -> int:
    kind = layer.customProperty(RESULT_PROPERTY) if layer is not None else ""
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
