#!/usr/bin/env bash
# A new user's way, in the real QGIS: the packaged zip is installed by QGIS's own installer into a fresh profile,
# the plugin's window makes the engine's environment, and a map, an export and a report come out by clicks alone.
# Nothing of this checkout is on the way but the test itself. Takes minutes and about 2 GB of disk, given back after.
# Arguments go to pytest. UHR_FIRST_MAP_ZIP names another zip than the one built of the last commit.
set -euo pipefail
ROOT=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
HOST=$ROOT/.venv/host
WORK=$(mktemp -d "${TMPDIR:-/tmp}/uhr-first-map-XXXXXX")
trap 'rm -rf "$WORK"' EXIT

QGIS=$(command -v qgis.bin || command -v qgis) || { echo "QGIS is not installed." >&2; exit 2; }
command -v xvfb-run >/dev/null || { echo "xvfb-run is not installed." >&2; exit 2; }

# pip's settings of this machine (package sources, certificates) lie in the home that is left behind here.
for settings in "${XDG_CONFIG_HOME:-$HOME/.config}/pip/pip.conf" "$HOME/.pip/pip.conf"; do
  if [ -z "${PIP_CONFIG_FILE:-}" ] && [ -f "$settings" ]; then export PIP_CONFIG_FILE=$settings; fi
done

mkdir -p "$WORK/home" "$WORK/run" "$ROOT/out"
chmod 700 "$WORK/run"
ZIP=${UHR_FIRST_MAP_ZIP:-}
if [ -z "$ZIP" ]; then
  (cd "$ROOT/tools" && "$HOST/bin/python" -c "import package, pathlib, sys; package.build(pathlib.Path(sys.argv[1]))" "$WORK")
  ZIP=$(echo "$WORK"/*.zip)
fi

unset PYTHONHOME PYTHONPATH VIRTUAL_ENV QT_QPA_PLATFORM QGIS_PLUGINPATH QGIS_CUSTOM_CONFIG_PATH \
  UHR_ENGINE_PYTHON XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
export HOME=$WORK/home XDG_RUNTIME_DIR=$WORK/run PYTHONNOUSERSITE=1
export UHR_DESKTOP_SITE=$(echo "$HOST"/lib/python3*/site-packages)
export UHR_DESKTOP_TESTS=$ROOT/tests/first_map UHR_DESKTOP_OUT=$ROOT/out UHR_DESKTOP_STATUS=$WORK/status
export UHR_DESKTOP_ARGS="$*" UHR_FIRST_MAP_ZIP=$ZIP

status=0
cd "$WORK/home"
timeout -k 10 "${UHR_DESKTOP_TIMEOUT:-2400}" xvfb-run -a -s "-screen 0 ${UHR_DESKTOP_SCREEN:-1680x1050}x24" \
  "$QGIS" --nologo --noversioncheck --code "$ROOT/tests/desktop/in_qgis.py" || status=$?
[ "$status" != 124 ] || echo "The desktop did not end in time; a dialog may have been open." >&2
[ -f "$WORK/status" ] || { echo "The desktop ended (status $status) before the test did." >&2; exit 3; }
exit "$(cat "$WORK/status")"
