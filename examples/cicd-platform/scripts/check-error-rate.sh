#!/usr/bin/env bash
# Says what share of the answers of myapp-backend were errors (5xx) in a window, from the logs of its pods.
# Ends with 1 above 1 %, and when there is no answer to count.
set -euo pipefail

if [[ $# -ne 2 || $1 == -* ]]; then
  echo "usage: $0 ENVIRONMENT WINDOW     for example: $0 prod 15m" >&2
  exit 64
fi
environment=$1
window=$2
limit=1

kubectl logs -n "$environment" -l app=myapp-backend --since="$window" --tail=-1 |
  awk -v limit="$limit" -v where="$environment" -v window="$window" '
    match($0, /status=[0-9]+/) {
      all++
      if (substr($0, RSTART + 7, 1) == "5") errors++
    }
    END {
      if (all == 0) { print "No answers in " where " in the last " window; exit 1 }
      share = 100 * errors / all
      printf "Error rate in %s over %s: %.2f %% (%d of %d)\n", where, window, share, errors, all
      if (share > limit) { printf "Status: ABOVE the limit of %s %%\n", limit; exit 1 }
      print "Status: OK"
    }'
