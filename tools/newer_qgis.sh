#!/usr/bin/env bash
# Runs ./dev in a Debian root of its own with QGIS from the backports: tools/newer_qgis.sh FOLDER [COMMAND …]
# FOLDER is made if it is not there (about 6 GB with both environments); COMMAND is `test` if none is given.
# Needs root and debootstrap. Only what is committed is tested. UHR_DATA names the folder of the real data.
set -euo pipefail
ROOT=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
FOLDER=$1
shift
[ "$(id -u)" = 0 ] || { echo "Run it as root: it makes a system of its own in $FOLDER." >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "debootstrap is not installed." >&2; exit 2; }

SUITE=bookworm
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
chroot "$FOLDER" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  XDG_RUNTIME_DIR=/tmp/run QGIS_FROM=backports ${UHR_DATA:+UHR_DATA=/data} "${KEPT[@]}" \
  bash -c 'cd /src/uhr_landcover && exec ./dev "$@"' dev "${@:-test}"
