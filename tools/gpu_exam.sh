#!/usr/bin/env bash
# The exam on a real GPU: what no CPU can show, in one call of under 25 minutes. Results come as it goes; the same call goes on.
#
#   tools/gpu_exam.sh pack            here: fetches the wheels that a bare GPU machine lacks into .whl/ (ignored by git)
#   tools/gpu_exam.sh run [OUT] [MIN] there: runs what is not done yet for at most MIN minutes (25); results in OUT (out/gpu_exam)
#
# Steps: facts, tests (pytest -m gpu), steps (what each technique gains), network (the papers' FPS test and memory), file
# (raster → map), ladder, situations, training against the CPU.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
WHEELS=(affine==2.4.0 attrs click click-plugins cligj pyparsing certifi rasterio shapely pyogrio packaging safetensors pytest iniconfig pluggy hypothesis sortedcontainers pytest-timeout)
TAGS=(manylinux_2_28 manylinux_2_27 manylinux_2_24 manylinux_2_17 manylinux2014 manylinux1)

pack() {
  mkdir -p .whl
  local platforms=()
  for tag in "${TAGS[@]}"; do platforms+=(--platform "${tag}_x86_64"); done
  for wheel in "${WHEELS[@]}"; do
    python3 -m pip download -q --no-deps --only-binary=:all: --python-version "${GPU_PYTHON_VERSION:-3.12}" --implementation cp \
      "${platforms[@]}" -d .whl "$wheel" || echo "no wheel of $wheel" >&2
  done
  du -sh .whl
}

run() {
  local out=${1:-out/gpu_exam} minutes=${2:-25} python=${PYTHON:-python3}
  mkdir -p "$out"
  local end=$((SECONDS + 60 * minutes)) site=${TMPDIR:-/tmp}/uhr-gpu-site work=${TMPDIR:-/tmp}/uhr_bench_engine
  if [ -d .whl ] && [ ! -e "$site/done" ]; then
    "$python" -m pip install -q --no-index --no-deps --no-compile --target "$site" .whl/*.whl && touch "$site/done"
  fi
  mkdir -p "$site" && ln -sfn "$PWD" "$site/uhr_landcover"
  export PYTHONPATH=$site PYTHONUNBUFFERED=1
  left() { echo $(((end - SECONDS) / 60)); }
  step() {  # NAME COMMAND...: once, while there is time; what it printed is kept
    local name=$1; shift
    [ ! -e "$out/$name.done" ] || return 0
    [ "$(left)" -ge 1 ] || { echo "no time left for $name"; return 0; }
    echo "== $name ($(left) minutes left)"
    timeout $((end - SECONDS)) "$@" >"$out/$name.log" 2>&1 && touch "$out/$name.done" || echo "   $name ended with $?"
    tail -n 4 "$out/$name.log"
  }
  step facts bash -c "nvidia-smi; $python -c 'import torch; print(torch.__version__, torch.version.cuda, torch.backends.cudnn.version(), torch.cuda.get_device_name(0))'"
  step tests "$python" -m pytest -q -p no:cacheprovider -m gpu tests/engine tests/models
  step steps "$python" benchmarks/gpu_steps.py --work "$work" --out "$out/gpu_steps.jsonl" --max-minutes "$(left)"
  for part in network file ladder; do
    step "$part" "$python" benchmarks/engine.py --device cuda:0 --parts "$part" --work "$work" --out "$out/engine_cuda.jsonl" --max-minutes "$(left)"
  done
  step situations "$python" benchmarks/gpu_situations.py --work "$work" --out "$out/gpu_situations.jsonl" --max-minutes "$(left)"
  step training "$python" benchmarks/gpu_training.py --out "$out/gpu_training.jsonl" --max-minutes "$(left)"
  echo "Done: $(ls "$out" | grep -c '\.done$') steps; results in $out"
}

case ${1:-} in
  pack) pack ;;
  run) shift; run "$@" ;;
  *) sed -n 2,10p "$0"; exit 64 ;;
esac
