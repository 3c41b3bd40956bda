#!/usr/bin/env bash
# Closes the circuit breakers of every running pod of the services. Tells which pod did not answer, and ends with 1 then.
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: $0 NAMESPACE" >&2
  exit 64
fi
namespace=$1

failed=0
while read -r pod port; do
  [[ -n $pod && -n ${port:-} ]] || continue
  if kubectl exec "$pod" -n "$namespace" -- curl -X POST "http://localhost:$port/circuit-breakers/reset" 2>/dev/null; then
    echo "reset  $pod"
  else
    echo "FAILED $pod"
    failed=$((failed + 1))
  fi
done < <(kubectl get pods -n "$namespace" --field-selector status.phase=Running \
  -o jsonpath='{range .items[*]}{.metadata.name} {.spec.containers[0].ports[?(@.name=="http")].containerPort}{"\n"}{end}' </dev/null)

if [[ $failed -gt 0 ]]; then
  echo "$failed pods did not answer" >&2
  exit 1
fi
