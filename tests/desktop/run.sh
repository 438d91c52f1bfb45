#!/usr/bin/env bash
# Runs the desktop tests inside the real QGIS, on a display of its own. Exit status: pytest's.
# UHR_ENGINE_PYTHON names the engine's interpreter; arguments go to pytest.
set -euo pipefail
ROOT=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
WORK=$ROOT/.venv/desktop
HOST=$ROOT/.venv/host

# The wrapper /usr/bin/qgis adds options of its own; the program itself is wanted where it is apart.
QGIS=$(command -v qgis.bin || command -v qgis) || { echo "QGIS is not installed." >&2; exit 2; }
command -v xvfb-run >/dev/null || { echo "xvfb-run is not installed." >&2; exit 2; }

# A fresh profile each time: what an earlier run remembered must not help or hinder this one.
rm -rf "$WORK"
mkdir -p "$WORK/profiles/profiles/default/QGIS" "$WORK/run" "$ROOT/.venv/plugins" "$ROOT/out"
chmod 700 "$WORK/run"
[ -e "$ROOT/.venv/plugins/uhr_landcover" ] || ln -s "$ROOT" "$ROOT/.venv/plugins/uhr_landcover"
cat > "$WORK/profiles/profiles/default/QGIS/QGIS3.ini" <<'INI'
[PythonPlugins]
uhr_landcover=true

[app]
askToSaveMemoryLayers=false
projections\unknownCrsBehavior=NoAction
INI
# For a look at another theme: UHR_DESKTOP_THEME="Night Mapping".
printf '\n[UI]\nUITheme=%s\n' "${UHR_DESKTOP_THEME:-default}" >> "$WORK/profiles/profiles/default/QGIS/QGIS3.ini"

unset PYTHONHOME PYTHONPATH VIRTUAL_ENV QT_QPA_PLATFORM
export QGIS_PLUGINPATH=$ROOT/.venv/plugins XDG_RUNTIME_DIR=$WORK/run PYTHONNOUSERSITE=1
export UHR_DESKTOP_SITE=$(echo "$HOST"/lib/python3*/site-packages)
export UHR_DESKTOP_TESTS=$ROOT/tests/desktop UHR_DESKTOP_OUT=$ROOT/out UHR_DESKTOP_STATUS=$WORK/status
export UHR_DESKTOP_ARGS="$*"

# For a look at another language: UHR_DESKTOP_LANGUAGE=de (tests that read English texts then fail).
[ -z "${UHR_DESKTOP_LANGUAGE:-}" ] || printf '\n[locale]\noverrideFlag=true\nuserLocale=%s\n' "$UHR_DESKTOP_LANGUAGE" >> "$WORK/profiles/profiles/default/QGIS/QGIS3.ini"

# A modal dialog would wait for ever: the time limit ends it.
status=0
timeout -k 10 "${UHR_DESKTOP_TIMEOUT:-900}" xvfb-run -a -s "-screen 0 ${UHR_DESKTOP_SCREEN:-1680x1050}x24" \
  "$QGIS" --nologo --noversioncheck --profiles-path "$WORK/profiles" --code "$ROOT/tests/desktop/in_qgis.py" || status=$?
[ "$status" != 124 ] || echo "The desktop did not end in time; a dialog may have been open." >&2
# The desktop may fail to start at all: only a status written by the tests counts as a pass.
[ -f "$WORK/status" ] || { echo "The desktop ended (status $status) before the tests did." >&2; exit 3; }
exit "$(cat "$WORK/status")"
