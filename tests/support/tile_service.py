"""A tile service on this machine: every tile is one colour that tells its column and row."""

import http.server
import threading

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

TILE_PX = 256
WEB_MERCATOR_HALF = 20037508.342789244


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
        z, x, y = (int(v) for v in self.path.strip("/").split(".")[0].split("/"))
        server.seen.append((z, x, y))
        image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_RGB32)
        image.fill(QColor(*tile_color(x, y)))
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(bytes(data))

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
