"""Files of strangers: GDAL follows no address, runs no code and reads no raw bytes because a file names them."""

from __future__ import annotations

import http.server
import json
import os
import threading

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from fault_support import command, noise, segment, write_mosaic, write_raster

from uhr_landcover.engine.contract.job import AreaOfInterest
from uhr_landcover.engine.raster.opening import open_raster
from uhr_landcover.engine.raster.vector_input import shapes_of
from uhr_landcover.engine.system import network
from uhr_landcover.engine.system.errors import InvalidJob, RasterError

SQUARE = [[[500_000, 5_399_990], [500_010, 5_399_990], [500_010, 5_400_000], [500_000, 5_399_990]]]


@pytest.fixture
def server(monkeypatch):
    """A server on this machine, and what it was asked for; a user's settings that would let GDAL past a proxy."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET

        def log_message(self, *args):
            pass

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    network.permit()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()
    network.permit()


def service(address: str) -> str:
    return (
        f'<GDAL_WMS><Service name="TMS"><ServerUrl>{address}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service><DataWindow>'
        "<UpperLeftX>-20037508</UpperLeftX><UpperLeftY>20037508</UpperLeftY><LowerRightX>20037508</LowerRightX>"
        "<LowerRightY>-20037508</LowerRightY><TileLevel>3</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY>"
        "<YOrigin>top</YOrigin></DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX>"
        "<BlockSizeY>256</BlockSizeY><BandsCount>3</BandsCount></GDAL_WMS>"
    )


def test_description_of_a_service_is_refused_and_nobody_called(tmp_path, server):
    address, asked = server
    (tmp_path / "tms.xml").write_text(service(address))

    with pytest.raises(RasterError, match="describes a service on the network and is no raster"):
        segment(tmp_path / "tms.xml", tmp_path / "out")

    assert asked == []


@pytest.mark.parametrize("policy", ["fail", "nodata"])
def test_mosaic_that_names_an_address_is_refused_and_nobody_called(tmp_path, server, policy):
    address, asked = server
    write_raster(tmp_path / "a.tif", noise(20, 20))
    members = [("a.tif", 0, 0, 20, 20), (f"/vsicurl/{address}/x.tif", 20, 0, 20, 20)]
    mosaic = write_mosaic(tmp_path / "m.vrt", 40, 20, members)

    with pytest.raises(RasterError, match=r"refers to /vsicurl/http.* are not followed because a file names them"):
        segment(mosaic, tmp_path / "out", on_read_error=policy)

    assert asked == []


def test_mosaic_in_a_mosaic_that_names_an_address_is_refused_and_nobody_called(tmp_path, server):
    address, asked = server
    write_mosaic(tmp_path / "inner.dat", 20, 20, [(f"/vsicurl/{address}/x.tif", 0, 0, 20, 20)])
    mosaic = write_mosaic(tmp_path / "m.vrt", 20, 20, [("inner.dat", 0, 0, 20, 20)])

    with pytest.raises(RasterError, match="refers to /vsicurl/http"):
        segment(mosaic, tmp_path / "out")

    assert asked == []


def test_service_hidden_in_a_mosaic_calls_nobody(tmp_path, server):
    address, asked = server
    (tmp_path / "tms.dat").write_text(service(address))
    mosaic = write_mosaic(tmp_path / "m.vrt", 256, 256, [("tms.dat", 0, 0, 256, 256)])

    with pytest.raises(RasterError):
        segment(mosaic, tmp_path / "out")

    assert asked == []


def test_address_that_the_user_gives_is_called(server):
    address, asked = server

    with pytest.raises(RasterError, match="cannot be opened as a raster"):
        open_raster(f"/vsicurl/{address}/mine.tif")

    assert "/mine.tif" in asked


@pytest.mark.parametrize("kind", [("link", "href"), ("url", "url")])
def test_coordinate_system_behind_an_address_is_refused_and_nobody_called(tmp_path, server, kind):
    address, asked = server
    classes = write_raster(tmp_path / "c.tif", np.ones((20, 20), np.uint8))
    image = write_raster(tmp_path / "i.tif", noise(20, 20))
    crs = {"type": kind[0], "properties": {kind[1]: f"{address}/crs"}}
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    (tmp_path / "z.geojson").write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))

    for option in ("--zones", "--area"):
        with pytest.raises(InvalidJob, match="names its coordinate system by an address"):
            command("areas", classes, option, tmp_path / "z.geojson", "--out", tmp_path / "a.csv")
    with pytest.raises(InvalidJob, match="names its coordinate system by an address"):
        segment(image, tmp_path / "o", area=AreaOfInterest(polygons=str(tmp_path / "z.geojson")))

    assert asked == []


def test_address_in_disguise_is_not_called_either(tmp_path, server):
    """Escapes in JSON hide the words, but not from the closed network."""
    address, asked = server
    classes = write_raster(tmp_path / "c.tif", np.ones((20, 20), np.uint8), crs="EPSG:4326")
    crs = f'"\\u0063rs": {{"type": "link", "properties": {{"\\u0068ref": "{address}/crs"}}}}'
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    (tmp_path / "z.geojson").write_text(f'{{"type": "FeatureCollection", {crs}, "features": [{json.dumps(feature)}]}}')

    command("areas", classes, "--zones", tmp_path / "z.geojson", "--out", tmp_path / "a.csv")

    assert asked == []


def test_vector_file_that_only_refers_to_another_is_refused(tmp_path):
    classes = write_raster(tmp_path / "c.tif", np.ones((20, 20), np.uint8))
    (tmp_path / "z.vrt").write_text(
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
        "</OGRVRTDataSource>"
    )

    with pytest.raises(InvalidJob, match="only refers to other data, which are not followed"):
        command("areas", classes, "--zones", tmp_path / "z.vrt", "--out", tmp_path / "a.csv")


def raw_mosaic(path, source: str, relative: int):
    path.write_text(
        f'<VRTDataset rasterXSize="8" rasterYSize="4"><GeoTransform>0,1,0,0,0,-1</GeoTransform><VRTRasterBand '
        f'dataType="Byte" band="1" subClass="VRTRawRasterBand"><SourceFilename relativeToVRT="{relative}">{source}'
        "</SourceFilename>"
        "<ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>8</LineOffset></VRTRasterBand></VRTDataset>"
    )
    return path


def test_raw_bytes_outside_the_folder_of_a_mosaic_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"top secret, as it is in a file of ours")
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "own.raw").write_bytes(bytes(range(32)))
    (folder / "link.raw").symlink_to(secret)

    for source, relative in ((str(secret), 0), ("../secret.txt", 1), ("link.raw", 1)):
        with pytest.raises(RasterError, match="raw bytes of files outside"):
            open_raster(raw_mosaic(folder / "m.vrt", source, relative))
    write_mosaic(folder / "outer.vrt", 8, 4, [("m.vrt", 0, 0, 8, 4)], bands=1)
    with pytest.raises(RasterError, match="raw bytes of files outside"):
        command("areas", folder / "outer.vrt", "--out", tmp_path / "a.csv")
    with open_raster(raw_mosaic(folder / "m.vrt", "own.raw", 1)) as dataset:
        assert dataset.read(1).ravel().tolist() == list(range(32))


def test_python_in_a_mosaic_is_never_run(tmp_path, monkeypatch):
    monkeypatch.setenv("GDAL_VRT_ENABLE_PYTHON", "YES")
    write_raster(tmp_path / "a.tif", noise(20, 20))
    mark = tmp_path / "owned"
    code = f"def f(in_ar, out_ar, *args, **kwargs):\n    open({str(mark)!r}, 'w')\n    out_ar[:] = 7"
    (tmp_path / "m.vrt").write_text(
        '<VRTDataset rasterXSize="20" rasterYSize="20"><GeoTransform>0,1,0,0,0,-1</GeoTransform>'
        + "".join(
            f'<VRTRasterBand dataType="Byte" band="{b}" subClass="VRTDerivedRasterBand"><PixelFunctionType>f'
            "</PixelFunctionType><PixelFunctionLanguage>Python</PixelFunctionLanguage><PixelFunctionCode><![CDATA["
            f"{code}]]></PixelFunctionCode>"
            f'<SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename><SourceBand>{b}'
            "</SourceBand></SimpleSource></VRTRasterBand>"
            for b in (1, 2, 3)
        )
        + "</VRTDataset>"
    )
    network.secure_gdal()

    with pytest.raises(RasterError):
        segment(tmp_path / "m.vrt", tmp_path / "out")

    assert not mark.exists()


def test_drivers_that_are_no_rasters_of_the_trade_are_not_tried(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>")
    (tmp_path / "x.tga").write_bytes(bytes(18) + b"TRUEVISION-XFILE.\0")

    for name in ("x.pdf", "x.tga"):
        with pytest.raises(RasterError, match="cannot be opened as a raster"):
            open_raster(tmp_path / name)


@pytest.mark.parametrize(
    ("wkb", "kind"),
    [
        (bytes.fromhex("0110000000") + bytes(4), "triangulated surfaces"),
        (bytes.fromhex("010f000000") + bytes(4), "polyhedral surfaces"),
        (bytes.fromhex("000000000a") + bytes(4), "curve polygons"),
        (bytes.fromhex("01f7030000") + bytes(4), "polyhedral surfaces"),
        (b"\x01\x03", "damaged geometries"),
        (b"\x01\x03\x00\x00\x00\xff\xff\xff\xff", "damaged geometries"),
    ],
)
def test_geometry_that_is_no_polygon_is_named(wkb, kind):
    good = shapely.to_wkb(shapely.box(0, 0, 1, 1))

    with pytest.raises(InvalidJob, match=f"x.gpkg holds {kind}"):
        shapes_of(np.array([good, None, wkb], object), "x.gpkg")


def test_names_of_gdal_s_own_are_taken_everywhere(tmp_path):
    import zipfile

    classes = write_raster(tmp_path / "c.tif", np.ones((20, 20), np.uint8))
    zones = np.array([shapely.to_wkb(shapely.box(500_001, 5_399_992, 500_005, 5_399_999))])
    pyogrio.raw.write(tmp_path / "z.geojson", geometry=zones, field_data=[], fields=[], geometry_type="Polygon",
                      crs="EPSG:32633")  # fmt: skip
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.write(classes, "c.tif")
        archive.write(tmp_path / "z.geojson", "z.geojson")
    inside = f"/vsizip/{tmp_path}/z.zip"

    found = command("areas", f"{inside}/c.tif", "--zones", f"{inside}/z.geojson", "--out", tmp_path / "a.csv")
    made = command("vectorize", f"{inside}/c.tif", "--out", tmp_path / "v.gpkg")
    drawn = command("picture", f"{inside}/c.tif", "--raster", f"{inside}/c.tif", "--out", tmp_path / "p.png")

    assert found["zones"][0]["classes"][0]["pixels"] == pytest.approx(8 * 14)
    assert os.path.exists(made["files"][0])
    assert os.path.exists(drawn["files"][0])


def test_empty_and_missing_files_have_a_sentence_of_their_own(tmp_path):
    (tmp_path / "e.tif").touch()

    with pytest.raises(RasterError, match="is an empty file"):
        segment(tmp_path / "e.tif", tmp_path / "out")
    with pytest.raises(RasterError, match="There is no raster at"):
        segment(tmp_path / "gone.tif", tmp_path / "out")


@pytest.mark.parametrize("place", ["0,0,0,0,0,0", "0,1,0,0,0,0", "0,nan,0,0,0,-1", "inf,1,0,0,0,-1"])
def test_pixels_without_size_are_refused_by_a_sentence(tmp_path, place):
    write_raster(tmp_path / "a.tif", noise(20, 20))
    mosaic = write_mosaic(tmp_path / "m.vrt", 20, 20, [("a.tif", 0, 0, 20, 20)])
    mosaic.write_text(mosaic.read_text().replace("500000,0.5,0,5400000,0,-0.5", place))

    with pytest.raises(RasterError, match=r"pixel size of 0|not finite"):
        segment(mosaic, tmp_path / "out")
    with pytest.raises(RasterError, match=r"pixel size of 0|not finite"):
        command("vectorize", mosaic, "--out", tmp_path / "v")


def test_container_of_several_rasters_names_one_to_choose(tmp_path):
    pytest.importorskip("rasterio")
    for name in ("a", "b"):
        write_raster(tmp_path / "c.gpkg", np.ones((20, 20), np.uint8), driver="GPKG", RASTER_TABLE=name,
                     APPEND_SUBDATASET="YES" if name == "b" else "NO")  # fmt: skip
    with rasterio.open(tmp_path / "c.gpkg") as dataset:
        assert dataset.count == 0

    with pytest.raises(
        RasterError, match=r"holds no bands itself. It holds 2 rasters; name one of them, such as GPKG:"
    ):
        command("areas", tmp_path / "c.gpkg", "--out", tmp_path / "a.csv")
