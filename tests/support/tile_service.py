"""Map services on this machine: XYZ tiles whose colour tells their place, and a WMS that does the same."""

import http.server
import threading
import urllib.parse

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

TILE_PX = 256
WEB_MERCATOR_HALF = 20037508.342789244


WMS_MIDDLE = 500_000.0
CAPABILITIES = """<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>Two halves</Title><OnlineResource xlink:href="http://127.0.0.1/"/></Service>
<Capability><Request><GetMap><Format>image/png</Format><DCPType><HTTP><Get>
<OnlineResource xlink:href="http://127.0.0.1/wms?"/></Get></HTTP></DCPType></GetMap></Request>
<Exception><Format>XML</Format></Exception>
<Layer queryable="0"><Name>halves</Name><Title>Halves</Title><CRS>EPSG:32633</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>14</westBoundLongitude><eastBoundLongitude>16</eastBoundLongitude>
<southBoundLatitude>48</southBoundLatitude><northBoundLatitude>49</northBoundLatitude></EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:32633" minx="499000" miny="5399000" maxx="501000" maxy="5401000"/></Layer>
</Capability></WMS_Capabilities>"""


def tile_color(x, y):
    return (40 + 16 * (x % 8), 60 + 16 * (y % 8), 90)


class _Tiles(http.server.BaseHTTPRequestHandler):
    """Every tile is one colour that tells its column and row."""

    def do_GET(self):
        server = self.server
        if server.status != 200:
            self.send_error(server.status)
            return
        server.wait_for.wait(20)
        if self.path.startswith("/wms"):
            self._answer_wms()
            return
        z, x, y = (int(v) for v in self.path.strip("/").split(".")[0].split("/"))
        server.seen.append((z, x, y))
        self._send_picture(TILE_PX, TILE_PX, tile_color(x, y))

    def _answer_wms(self):
        query = {k.upper(): v[0] for k, v in urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).items()}
        if query["REQUEST"] == "GetCapabilities":
            self._send(CAPABILITIES.encode(), "text/xml")
            return
        left = float(query["BBOX"].split(",")[0])
        self.server.seen.append(query)
        self._send_picture(int(query["WIDTH"]), int(query["HEIGHT"]), (10, 20, 30 if left < WMS_MIDDLE else 200))

    def _send_picture(self, width, height, color):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor(*color))
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        self._send(bytes(data), "image/png")

    def _send(self, data, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def tile_server(qgis_app):
    """Return a tile server; `status` other than 200 makes it fail, clearing `wait_for` makes it hang."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Tiles)
    server.daemon_threads = True
    server.status, server.seen, server.wait_for = 200, [], threading.Event()
    server.wait_for.set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.wait_for.set()
    server.shutdown()
    server.server_close()


def tile_extent(zoom, x, y, columns, rows):
    """The extent of a block of tiles in EPSG:3857."""
    side = 2 * WEB_MERCATOR_HALF / 2**zoom
    left, top = -WEB_MERCATOR_HALF + x * side, WEB_MERCATOR_HALF - y * side
    return QgsRectangle(left, top - rows * side, left + columns * side, top)
