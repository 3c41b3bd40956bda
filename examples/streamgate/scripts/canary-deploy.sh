#!/usr/bin/env bash
# Gives a new version of the edge a growing share of the pods, and so of the viewers. Looks at its errors after every
# stage and goes back to nothing if there are too many; at the end the stable pods get the version and the canary goes.
set -euo pipefail

if [[ $# -lt 1 || $# -gt 3 || $1 == -* ]]; then
  echo "usage: $0 IMAGE [TIMEOUT_SECONDS] [SECONDS_PER_STAGE]" >&2
  exit 64
fi
image=$1
timeout=${2:-300}
stage=${3:-60}
namespace=${NAMESPACE:-streamgate}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for seconds in "$timeout" "$stage"; do
  if [[ ! $seconds =~ ^[0-9]+$ ]]; then
    echo "A duration is '$seconds'; expected a whole number of seconds" >&2
    exit 64
  fi
done

take_down() {
  kubectl scale deployment/streamgate-edge-canary --replicas=0 -n "$namespace"
}

stable=$(kubectl get deployment streamgate-edge-stable -n "$namespace" -o jsonpath='{.spec.replicas}')
kubectl set image deployment/streamgate-edge-canary "edge=$image" -n "$namespace"

for pods in 1 2 "$stable"; do
  echo "--- canary: $pods beside $stable stable pods"
  kubectl scale deployment/streamgate-edge-canary --replicas="$pods" -n "$namespace"
  if ! kubectl rollout status deployment/streamgate-edge-canary -n "$namespace" --timeout="${timeout}s"; then
    echo "The canary is not ready after ${timeout}s; taking it down" >&2
    take_down
    exit 1
  fi
  sleep "$stage"
  if ! "$here/check-error-rate.sh" streamgate-edge canary "${stage}s" 1; then
    echo 'Too many errors; taking the canary down' >&2
    take_down
    exit 1
  fi
done

echo '--- the stable pods get the version'
kubectl set image deployment/streamgate-edge-stable "edge=$image" -n "$namespace"
kubectl rollout status deployment/streamgate-edge-stable -n "$namespace" --timeout="${timeout}s"
take_down
echo "Promoted $image"
