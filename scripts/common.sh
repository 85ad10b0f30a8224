# What the scripts of this folder share; to be sourced. Afterwards the working directory is the top of the project.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
jobs=$(nproc)
# Where data that cannot be distributed with the project may lie; whatever wants them is skipped where they do not.
export DEPESCHE_SHARED=${DEPESCHE_SHARED:-$PWD/../shared}

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }
# The comment at the head of the calling script is its help.
usage() { sed -n '2,/^[^#]\|^$/{s/^# \{0,1\}//p}' "$0"; }

# quietly NAME COMMAND…: a person at a terminal watches it run; elsewhere its output is kept in build/log and shown only
# when it fails. Results go to stdout, so all of this goes to stderr.
quietly() {
  local name=$1 log=build/log/$1.txt
  shift
  if [ -t 2 ]; then
    "$@" >&2
    return
  fi
  mkdir -p build/log
  "$@" >"$log" 2>&1 && return
  local status=$?
  tail -n 60 "$log" >&2
  say "$name failed; all of its output is in $log"
  return "$status"
}

# build PRESET TARGET [CMAKE OPTION…]
build() {
  local preset=$1 target=$2
  shift 2
  say "building build/$preset ($target), $jobs at a time"
  SECONDS=0
  quietly "configure-$preset" cmake --preset "$preset" "$@" &&
    quietly "build-$preset" cmake --build "build/$preset" --target "$target" -j "$jobs" &&
    say "built build/$preset in $SECONDS s"
}
