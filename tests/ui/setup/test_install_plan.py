"""What failures of pip mean to people, and what a diagnosis does not tell."""

import pytest
from qgis.core import Qgis

from uhr_landcover.ui.setup import diagnosis, install_plan
from uhr_landcover.ui.setup.install_plan import InstallChoice, explain_failure
from uhr_landcover.ui.setup.torch_build import TorchBuild

CHOICE = InstallChoice("/usr/bin/python3", "/data/env", TorchBuild("cpu", "torch-cpu.txt", ""))
NO_NETWORK = (
    "WARNING: Retrying after connection broken by 'NewConnectionError(...: Failed to establish a new connection: "
    "[Errno -3] Temporary failure in name resolution')'\nERROR: No matching distribution found for torch==2.13.0+cpu"
)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("The virtual environment was not created successfully because ensurepip is not available.", "python3-venv"),
        (NO_NETWORK, "cannot be reached"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", "proxy refuses"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "PIP_CERT"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "arrived damaged"),
        ("ERROR: [Errno 13] Permission denied: '/data/env/lib'", "cannot be written"),
        ("ERROR: No matching distribution found for torch==2.13.0+cpu", "No package source offers torch==2.13.0+cpu"),
        ("Traceback\nValueError: strange\n", "ended with: ValueError: strange"),
        ("", "no message"),
    ],
)
def test_failures_have_a_sentence_that_says_what_to_do(output, words):
    assert Qgis.QGIS_VERSION
    assert words in explain_failure(output, CHOICE)


def test_network_variables_are_empty_without_a_proxy():
    assert install_plan.network_variables("", "intranet") == {}
    assert install_plan.network_variables("http://p:1", "intranet")["NO_PROXY"] == "intranet"


def test_base_candidates_are_pythons_that_exist_once_each(tmp_path):
    (tmp_path / "python3.12").write_text("#!/bin/sh\n")
    (tmp_path / "python3.12").chmod(0o755)
    (tmp_path / "python3").symlink_to("python3.12")

    found = install_plan.base_candidates(str(tmp_path))

    assert found[0] == str(tmp_path / "python3.12")
    assert str(tmp_path / "python3") not in found


def test_redact_hides_home_user_host_and_logins():
    text = (
        "/home/anna.b/maps/env, C:\\Users\\Bob\\x, user anna.b on pc7.firm.org (PC7), "
        "http://anna.b:secret@proxy:3128, annalen"
    )

    hidden = diagnosis.redact(text, "/home/anna.b", "anna.b", "pc7.firm.org")

    for private in ("anna.b", "Bob", "pc7", "PC7", "secret"):
        assert private not in hidden
    assert "~/maps/env" in hidden
    assert "annalen" in hidden
    assert "proxy:3128" in hidden


def test_diagnosis_keeps_the_end_of_the_log_only():
    text = diagnosis.diagnosis_text([("QGIS", "3.22")], "\n".join(f"line {i}" for i in range(100)))

    assert text.startswith("QGIS: 3.22\n")
    assert "line 99" in text
    assert "line 10\n" not in text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://tiles.example/{z}/{x}/{y}?token=abc123def&style=x", "abc123def"),
        ("https://s3.example/a.tif?X-Amz-Signature=0f0f0f&X-Amz-Credential=AKIA77", "0f0f0f"),
        ("https://s3.example/a.tif?X-Amz-Credential=AKIA77&x=1", "AKIA77"),
        ("https://blob.example/a?sv=2024&sig=Zm9vYmFy%3D", "Zm9vYmFy"),
        ("https://maps.example/?api_key=k3y", "k3y"),
        ("Authorization: Bearer eyJhbGciOi", "eyJhbGciOi"),
        ("Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
        ("GDAL_HTTP_PROXYUSERPWD=anna:s3cret", "s3cret"),
        ("AWS_SECRET_ACCESS_KEY=wJalr/XUtn", "wJalr"),
        ("password: 'geheim'", "geheim"),
        ("http_proxy=anna:s3cret@proxy.firm:3128", "s3cret"),
        ("proxy anna%40firm:p%40ss@10.0.0.1:8080 refused", "p%40ss"),
        ("http://anna:p@ss:word@proxy.firm:3128/", "p@ss"),
    ],
)
def test_redact_hides_tokens_keys_and_passwords_of_proxies(text, secret):
    hidden = diagnosis.redact(f"at 12:30:15 in C:/x.py: {text}", "/home/x", "nobody", "nohost")

    assert secret not in hidden
    assert hidden.startswith("at 12:30:15 in C:/x.py: ")


def test_redact_leaves_plain_lines_as_they_are():
    text = "File a.py:12, in f\nkey error: 'x'\nhttps://pypi.example/simple/torch/\nname: UHR, 12:30 at noon"

    assert diagnosis.redact(text, "/home/x", "nobody", "nohost") == text
