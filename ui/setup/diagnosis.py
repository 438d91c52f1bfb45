"""A text about the installation that can be pasted into a report: versions and findings, no private names."""

import getpass
import os
import platform
import re
import socket
from typing import Iterable, List, Tuple

MINIMUM_NAME_LENGTH = 2
LOG_LINES = 40

SECRETS = re.compile(
    r"(?i)((?:[\w-]*(?:token|api[_-]?key|access[_-]?key|secret|passw(?:or)?d|passwd|userpwd|signature|credential|auth)"
    r"[\w-]*|[?&](?:key|sig|pwd|sv|code)|bearer|basic)['\"]?(?:\s*[=:]\s*|\s+)(?:(?:bearer|basic)\s+)?['\"]?)[^\s&'\",;]+"
)
"""What names a secret, and the secret behind it: in addresses, headers and settings of proxies."""


def diagnosis_text(facts: Iterable[Tuple[str, str]], log: str = "") -> str:
    """Return facts, one a line, and the end of a log, with private names replaced."""
    lines = [f"{name}: {value}" for name, value in facts]
    if log.strip():
        lines += ["", "Log:", *log.strip().splitlines()[-LOG_LINES:]]
    return redact("\n".join(lines), *private_names())


def private_names() -> Tuple[str, str, str]:
    """Return home folder, user name and host name."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = ""
    return os.path.expanduser("~"), user, socket.gethostname()


def redact(text: str, home: str, user: str, host: str) -> str:
    """Replace home folder, user, host, and what stands before the @ of an address."""
    text = re.sub(r"(?<=://)[^/\s@]+@", "<login>@", text)
    text = re.sub(r"(?<![\w/:.@-])[\w.%+-]+:[^\s@:/'\"]+@(?=[\w.-]+)", "<login>@", text)
    text = SECRETS.sub(r"\1<hidden>", text)
    for folder in _spellings(home):
        text = re.sub(re.escape(folder) + r"(?=$|[\\/\s'\"”:,.;)])", "~", text, flags=re.IGNORECASE)
    for name, stand_in in ((user, "<user>"), (host, "<host>"), (host.split(".")[0], "<host>")):
        if len(name) >= MINIMUM_NAME_LENGTH:
            text = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", stand_in, text, flags=re.IGNORECASE)
    # Home folders of other people, and of the same one under another root.
    return re.sub(r"(?i)([\\/](?:home|users)[\\/])[^\\/\s'\"]+", r"\1<user>", text)


def system_line() -> str:
    """Return the operating system, its release and the processor."""
    return " ".join(part for part in (platform.system(), platform.release(), platform.machine()) if part)


def _spellings(home: str) -> List[str]:
    found = {home, os.path.realpath(home), home.replace("\\", "/"), home.replace("/", "\\")}
    # A home of "/" would swallow every path.
    return sorted((folder for folder in found if len(folder.strip("/\\")) > 1), key=len, reverse=True)
