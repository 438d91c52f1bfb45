"""The Processing provider: what the plugin adds to the toolbox, the model designer and `qgis_process`."""

from typing import List

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ...engine.contract.job import VectorFormat
from .base import plugin_icon
from .checkpoints import EvaluateAlgorithm, FineTuneAlgorithm
from .maps import AreasAlgorithm, VectorizeAlgorithm
from .segment import EstimateAlgorithm, SegmentAlgorithm
from .teaching import TeachAlgorithm, TeachAndMapAlgorithm
from .training import SamplesAlgorithm, TrainAlgorithm

PROVIDER_ID = "uhr_landcover"
ALGORITHMS = (
    SegmentAlgorithm,
    EstimateAlgorithm,
    VectorizeAlgorithm,
    AreasAlgorithm,
    TeachAlgorithm,
    TeachAndMapAlgorithm,
    SamplesAlgorithm,
    TrainAlgorithm,
    FineTuneAlgorithm,
    EvaluateAlgorithm,
)


class LandCoverProvider(QgsProcessingProvider):
    """The plugin's algorithms."""

    def id(self) -> str:
        """Return the stable id."""
        return PROVIDER_ID

    def name(self) -> str:
        """Return the name in the toolbox."""
        return "UHR Land Cover"

    def icon(self) -> QIcon:
        """Return the provider's icon."""
        return plugin_icon("uhr_landcover.svg")

    def loadAlgorithms(self) -> None:
        """Add the algorithms."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())

    def supportedOutputVectorLayerExtensions(self) -> List[str]:
        """Return the endings of the polygon files that the engine writes, the preferred one first."""
        return [f.value for f in VectorFormat]

    def defaultVectorFileExtension(self, hasGeometry: bool = True) -> str:
        """Return the ending of a polygon file where the user names none."""
        return VectorFormat.GEOPACKAGE.value
