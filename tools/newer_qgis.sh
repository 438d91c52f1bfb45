#!/usr/bin/env bash
# Runs ./dev in a Debian root of its own with a newer QGIS: [QGIS_SUITE=bookworm|trixie|sid] tools/newer_qgis.sh FOLDER [COMMAND …]
# FOLDER is made if it is not there (about 6 GB with both environments); COMMAND is `test` if none is given, or `ui`: the tests of
# the plugin's panels alone, without an engine. bookworm takes QGIS from the backports, the others their own.
# How it ended is written to out/qgis_SUITE.json. Needs root and debootstrap. Only what is committed is tested. UHR_DATA names the
# folder of the real data.
set -euo pipefail
ROOT=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 64; }
FOLDER=$1
shift
[ "$(id -u)" = 0 ] || { echo "Run it as root: it makes a system of its own in $FOLDER." >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "debootstrap is not installed." >&2; exit 2; }

SUITE=${QGIS_SUITE:-bookworm}
FROM=
[ "$SUITE" != bookworm ] || FROM=backports
[ -x "$FOLDER/usr/bin/git" ] || debootstrap --variant=minbase --include=ca-certificates,git,procps "$SUITE" "$FOLDER"
FOLDER=$(cd "$FOLDER" && pwd)
mkdir -p "$FOLDER/src" "$FOLDER/data" "$FOLDER/tmp/run"
chmod 700 "$FOLDER/tmp/run"

# The machine's certificates, names and sources of packages hold inside too.
cp -L /etc/resolv.conf /etc/hosts "$FOLDER/etc/"
[ ! -f /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$FOLDER/etc/ssl/certs/"
[ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$FOLDER/etc/"
PIP_SETTINGS=.config/pip/pip.conf
[ ! -f "$HOME/$PIP_SETTINGS" ] || install -D -m 644 "$HOME/$PIP_SETTINGS" "$FOLDER/root"/"$PIP_SETTINGS"

MOUNTS=()
leave() { for place in "${MOUNTS[@]}"; do umount -R "$place" || true; done; }
trap leave EXIT
enter() { mkdir -p "$2"; mount --rbind "$1" "$2"; mount --make-rslave "$2"; MOUNTS=("$2" "${MOUNTS[@]}"); }
enter /proc "$FOLDER/proc"
enter /dev "$FOLDER/dev"
# Sources of packages may lie on this disk.
[ ! -d /opt ] || enter /opt "$FOLDER/opt"
[ -z "${UHR_DATA:-}" ] || enter "$UHR_DATA" "$FOLDER/data"

if [ -d "$FOLDER/src/uhr_landcover/.git" ]; then
  git -C "$FOLDER/src/uhr_landcover" fetch -q "$ROOT" HEAD
  git -C "$FOLDER/src/uhr_landcover" checkout -qf FETCH_HEAD
else
  git clone -q --no-hardlinks "$ROOT" "$FOLDER/src/uhr_landcover"
fi

# Only what pip was told by variables comes along; everything else of this machine's environment stays out.
mapfile -t KEPT < <(env | grep -E '^(PIP_[A-Z_]*|OMP_NUM_THREADS|https?_proxy|HTTPS?_PROXY)=' || true)
inside() {
  chroot "$FOLDER" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    XDG_RUNTIME_DIR=/tmp/run ${FROM:+QGIS_FROM=$FROM} ${UHR_DATA:+UHR_DATA=/data} "${KEPT[@]}" bash -c "$@"
}
# shellcheck disable=SC2016
UI='set -e; export DEBIAN_FRONTEND=noninteractive QT_QPA_PLATFORM=offscreen PYTHONNOUSERSITE=1
apt-get update -qq || echo "The lists of packages stay as they are."
apt-get install -y -qq --no-install-recommends python3-qgis python3-venv fonts-open-sans >/dev/null
mkdir -p .venv/plugins; [ -e .venv/plugins/uhr_landcover ] || ln -s "$PWD" .venv/plugins/uhr_landcover
[ -x .venv/host/bin/pytest ] || { python3 -m venv --system-site-packages .venv/host; .venv/host/bin/pip install -q -r tests/requirements-host.txt; }
.venv/host/bin/python -m pytest -q -p no:cacheprovider tests/ui'
OUT=$FOLDER/tmp/output.txt
status=0
if [ "${1:-test}" = ui ]; then
  inside "cd /src/uhr_landcover && $UI" ui 2>&1 | tee "$OUT" || status=$?
else
  inside 'cd /src/uhr_landcover && exec ./dev "$@"' dev "${@:-test}" 2>&1 | tee "$OUT" || status=$?
fi

mkdir -p "$ROOT/out"
python3 - "$OUT" "$ROOT/out/qgis_$SUITE.json" "$SUITE" "$status" "$(git -C "$ROOT" rev-parse --short HEAD)" \
  "$(chroot "$FOLDER" dpkg-query -W -f '${Version}' python3-qgis 2>/dev/null || true)" "${*:-test}" <<'PYTHON'
import json
import re
import sys

output, path, suite, status, commit, version, command = sys.argv[1:]
lines = open(output, encoding="utf-8", errors="replace").read().splitlines()
closing = [line.strip("= ") for line in lines if re.search(r"\d+ (passed|failed|error).* in [\d.]+s", line)]
facts = {"suite": suite, "qgis": version, "commit": commit, "command": command, "status": int(status), "results": closing}
with open(path, "w", encoding="utf-8") as file:
    file.write(json.dumps(facts, indent=2) + "\n")
print(path, *closing, sep="\n")
PYTHON
exit "$status"
