#!/usr/bin/env bash
# Counts the answers in the logs of some pods and says what share of them were errors (5xx).
# Ends with 1 when the share is above the limit, and when there is no answer to count.
set -euo pipefail

if [[ $# -ne 4 || $1 == -* ]]; then
  echo "usage: $0 APP VERSION WINDOW LIMIT_PERCENT     for example: $0 streamgate-edge canary 60s 1" >&2
  exit 64
fi
app=$1
version=$2
window=$3
limit=$4
namespace=${NAMESPACE:-streamgate}

kubectl logs -n "$namespace" -l "app=$app,version=$version" --since="$window" --tail=-1 --prefix=false |
  awk -v limit="$limit" -v what="$app $version" -v window="$window" '
    match($0, /status=[0-9]+/) {
      all++
      if (substr($0, RSTART + 7, 1) == "5") errors++
    }
    END {
      if (all == 0) { print what ": no answers in " window; exit 1 }
      share = 100 * errors / all
      printf "%s: %d of %d answers in %s were errors (%.2f %%, limit %s %%)\n", what, errors, all, window, share, limit
      exit share > limit ? 1 : 0
    }'
