#!/bin/sh
# A run now and then one a day, for a container without a scheduler around it. What a run has to say is in the
# container's log; that one failed is no reason to stop, the container's health tells when it matters.
set -eu

child=
# A run that is told to stop loses nothing: what was captured is on the disk.
trap 'trap - TERM INT; [ -z "$child" ] || kill "$child" 2>/dev/null || :; wait; exit 0' TERM INT

while :; do
    pasakumi run --strict -q &
    child=$!
    code=0
    wait "$child" || code=$?
    [ "$code" -eq 0 ] || echo "daily: the run ended with $code; the next is in ${DAILY_SECONDS:-86400} seconds" >&2
    sleep "${DAILY_SECONDS:-86400}" &
    child=$!
    wait "$child"
done
