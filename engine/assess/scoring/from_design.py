"""Assessment of a map from a drawn sample, its labels, and the map as it is now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ...maps.area_report import HECTARE_M2
from ...system.errors import InvalidJob
from ..assessment import AreaFacts, Assessment
from ..estimates.cells import Strata
from ..estimates.events import MIXED
from ..response.date_pairs import DatePairs, read_date_pairs
from ..response.labels import (
    FinalLabels,
    Interpreter,
    PointState,
    agreements,
    class_index,
    final_labels,
    read_interpreters,
)
from ..sampling.designing import UNEQUAL
from ..sampling.sample_design import SampleDesign, read_design
from .design_report import DesignReport, ReportContext
from .districts import find_districts
from .estimating import OtherMap, assess_sample
from .labelled_sample import LabelledSample, renumbered
from .sample_story import tell
from .scored_map import ScoredMap, assessed_map, other_map


def assess_design(asked: DesignReport, scratch: Path, should_stop: Callable[[], bool]) -> Assessment:
    """Return the assessment.

    Args:
        asked: What is asked for.
        scratch: Folder in which the units of polygons are kept meanwhile.
        should_stop: Asked after every strip that is read.

    Raises:
        InvalidJob: If files do not fit each other, labels are no classes, or a stratum has too few of them.
        RasterError: If a map cannot be used.
        Cancelled: If asked to stop.
    """
    pairs = read_date_pairs(asked.change) if asked.change else None
    adjudicated = _one(read_interpreters(asked.adjudicated, pairs), asked.adjudicated) if asked.adjudicated else None
    design, interpreters, index = read_labels(asked.design, asked.labels, adjudicated, pairs)
    labels = final_labels(design.points.number, interpreters, adjudicated, index)
    context = ReportContext(asked=asked, design=design, scratch=scratch, should_stop=should_stop)
    scored = assessed_map(context)
    others = [other_map(source, context) for source in asked.others]
    domain, districts = find_districts(context)
    classes = ClassList(design, [scored, *others])
    sample = _sample(design, labels, scored, classes, domain)
    area_m2, pixels = classes.areas(scored)
    used = classes.used(sample, area_m2)
    planar = None if scored.planar_m2 is None else pixels[used] * scored.planar_m2 / HECTARE_M2
    areas = AreaFacts(
        unit="ha",
        mapped=area_m2[used] / HECTARE_M2,
        planar=planar,
        total=float(sample.strata.area.sum()),
        left_out=design.left_out_m2 / HECTARE_M2,
    )
    return assess_sample(
        sample.with_classes(used),
        areas,
        tell(context, scored, labels, agreements(interpreters, index), [classes.colors[k] for k in used]),
        z=asked.z,
        merge=asked.merge,
        districts=districts,
        others=[
            OtherMap(name=o.name, digest=o.digest, map_class=renumbered(classes.of_map(o)[reached(labels)], used))
            for o in others
        ],
    )


def read_labels(
    path: Path,
    labels: Sequence[Path],
    adjudicated: Interpreter | None = None,
    pairs: DatePairs | None = None,
) -> tuple[SampleDesign, list[Interpreter], dict[str, int]]:
    """Return a design, the labels that interpreters gave its points, and the class index of each label.

    Raises:
        InvalidJob: If files do not fit each other, or labels are no classes.
    """
    design = read_design(path)
    interpreters = _distinct([who for file in labels for who in read_interpreters(file, pairs)])
    everyone = [*interpreters, *([adjudicated] if adjudicated else [])]
    _check_points(design, everyone)
    said = {s.label for who in everyone for s in who.labels.values() if s.is_usable}
    index = class_index(said, [c.name for c in design.classes], [c.class_id for c in design.classes])
    return design, interpreters, index


def reached(labels: FinalLabels) -> np.ndarray:
    """Return the points that somebody looked at, or passed over."""
    return np.flatnonzero([s is not PointState.NOT_REACHED for s in labels.state])


def _sample(
    design: SampleDesign, labels: FinalLabels, scored: ScoredMap, classes: ClassList, domain: np.ndarray
) -> LabelledSample:
    here, points = reached(labels), design.points
    is_strata = scored.is_strata and all(s.class_id is not None for s in design.strata)
    index = {c.class_id: k for k, c in enumerate(design.classes)}
    size = len(design.strata)
    weigh = not design.by_area and design.unequal > UNEQUAL
    in_one_part = all(s.part for s in design.strata) and np.array_equal(domain, _parts(design)[points.stratum])
    return LabelledSample(
        names=classes.names,
        stratum=points.stratum[here],
        map_class=classes.of_map(scored)[here],
        reference=labels.label[here],
        weight=points.area_m2[here] if weigh else np.ones(len(here)),
        domain=domain[here],
        state=tuple(labels.state[k] for k in here),
        strata=Strata(
            names=tuple(s.name for s in design.strata),
            area=np.array([s.area_m2 for s in design.strata]) / HECTARE_M2,
            units=np.array([np.inf if design.by_area else s.pixels for s in design.strata], np.float64),
            map_class=np.array([index[s.class_id] for s in design.strata]) if is_strata else np.full(size, MIXED),
            domain=_parts(design) if in_one_part else np.full(size, MIXED),
        ),
        design=design.design,
    )


def _parts(design: SampleDesign) -> np.ndarray:
    parts = list(dict.fromkeys(s.part for s in design.strata))
    return np.array([parts.index(s.part) for s in design.strata])


def _distinct(interpreters: list[Interpreter]) -> list[Interpreter]:
    """Number interpreters of the same name."""
    names = [who.name for who in interpreters]
    return [
        Interpreter(name=f"{who.name} {k + 1}" if names.count(who.name) > 1 else who.name, labels=who.labels)
        for k, who in enumerate(interpreters)
    ]


def _one(interpreters: list[Interpreter], path: Path) -> Interpreter:
    if len(interpreters) != 1:
        raise InvalidJob(f"{str(path)!r} has labels of {len(interpreters)} interpreters; an adjudicated label is one.")
    return interpreters[0]


def _check_points(design: SampleDesign, interpreters: Sequence[Interpreter]) -> None:
    known = set(design.points.number.tolist())
    for who in interpreters:
        strange = sorted(set(who.labels) - known)
        if strange:
            raise InvalidJob(
                f"Points of {who.name!r} are not in the design, such as {strange[0]} ({len(strange)} in all). Name the "
                "labels of this sample."
            )


class ClassList:
    """Classes of all maps together: those of the design first, those of other maps that have other names behind them.

    Args:
        design: The sample's design.
        maps: The maps.

    Attributes:
        names: Their names.
        colors: Their colours.
    """

    def __init__(self, design: SampleDesign, maps: Sequence[ScoredMap]) -> None:
        known = {c.name: c.color for c in design.classes}
        for scored in maps:
            there = {k for k, pixels in scored.pixels.items() if pixels}
            known.update({c.name: c.color for c in scored.classes if c.name not in known and c.class_id in there})
        self.names, self.colors = tuple(known), tuple(known.values())

    def of_map(self, scored: ScoredMap) -> np.ndarray:
        """Return ``(n,)`` class index of a map at each point; -1 without one."""
        index = np.full(257, -1)
        for c in scored.classes:
            if c.name in self.names:
                index[c.class_id] = self.names.index(c.name)
        return index[scored.class_ids]

    def areas(self, scored: ScoredMap) -> tuple[np.ndarray, np.ndarray]:
        """Return ``(K,)`` area in m² and pixels of each class on a map."""
        area, pixels = np.zeros(len(self.names)), np.zeros(len(self.names))
        for c in scored.classes:
            if c.name in self.names:
                area[self.names.index(c.name)] += scored.area_m2.get(c.class_id, 0.0)
                pixels[self.names.index(c.name)] += scored.pixels.get(c.class_id, 0)
        return area, pixels

    def used(self, sample: LabelledSample, mapped: np.ndarray) -> np.ndarray:
        """Return the classes that anything is known of, ascending: on the map, or in a label."""
        there = mapped > 0
        there[sample.reference[sample.reference >= 0]] = True
        there[sample.map_class[sample.map_class >= 0]] = True
        return np.flatnonzero(there)
