#!/usr/bin/env bash
# Says how much of the errors that the objective allows were used, from what the logs of the last day hold.
set -euo pipefail

if [[ $# -gt 1 || ${1:-} == -* ]]; then
  echo "usage: $0 [ENVIRONMENT]" >&2
  exit 64
fi
environment=${1:-prod}

kubectl logs -n "$environment" -l app=myapp-backend --since=24h --tail=-1 |
  awk -v objective=99.9 '
    match($0, /status=[0-9]+/) {
      all++
      if (substr($0, RSTART + 7, 1) == "5") errors++
    }
    END {
      if (all == 0) { print "No answers to count"; exit 1 }
      allowed = all * (100 - objective) / 100
      print "Error budget:"
      printf "  Objective:     %.1f %%\n", objective
      printf "  Availability:  %.3f %%\n", 100 * (all - errors) / all
      printf "  Errors:        %d of %.1f allowed\n", errors, allowed
      print "  Status:        " (errors <= allowed ? "HEALTHY" : "SPENT")
    }'
