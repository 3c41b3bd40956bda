#!/usr/bin/env bash
# Takes a deployment back to the version before, and waits until that runs.
set -euo pipefail

if [[ $# -ne 2 || $1 == -* ]]; then
  echo "usage: $0 ENVIRONMENT DEPLOYMENT" >&2
  exit 64
fi
environment=$1
deployment=$2

image() {
  kubectl get deployment "$deployment" -n "$environment" -o jsonpath='{.spec.template.spec.containers[0].image}'
}

before=$(image)
kubectl rollout undo "deployment/$deployment" -n "$environment"
kubectl rollout status "deployment/$deployment" -n "$environment" --timeout=300s
after=$(image)
if [[ $before == "$after" ]]; then
  echo "The image is $after as before: the last change was to something else than the image"
else
  echo "Rolled back from $before to $after"
fi
