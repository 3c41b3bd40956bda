#!/usr/bin/env bash
# Looks for the simple mistakes: secrets in ConfigMaps, pods without limits, pods that run privileged.
set -euo pipefail

if [[ $# -gt 1 || ${1:-} == -* ]]; then
  echo "usage: $0 [ENVIRONMENT]" >&2
  exit 64
fi
environment=${1:-prod}
found=0

report() {
  if [[ -n $2 ]]; then
    echo "FOUND  $1:"
    sed 's/^/         /' <<<"$2"
    found=$((found + 1))
  else
    echo "none   $1"
  fi
}

report 'ConfigMaps with words like "password"' \
  "$(kubectl get configmaps -n "$environment" -o jsonpath='{range .items[*]}{.metadata.name} {.data}{"\n"}{end}' | grep -iE 'password|token|secret' | cut -d' ' -f1 || true)"
report 'pods without a memory limit' \
  "$(kubectl get pods -n "$environment" -o jsonpath='{range .items[*]}{.metadata.name} {.spec.containers[0].resources.limits.memory}{"\n"}{end}' | awk 'NF < 2 { print $1 }')"
report 'privileged pods' \
  "$(kubectl get pods -n "$environment" -o jsonpath='{range .items[*]}{.metadata.name} {.spec.containers[*].securityContext.privileged}{"\n"}{end}' | awk '$2 == "true" { print $1 }')"

[[ $found -eq 0 ]]
