#!/usr/bin/env bash
# Brings a new version up beside the one that serves, and moves the traffic when it is ready.
#
# The colour that serves is the one that service/streamgate-active selects. If the new pods are not ready in time,
# nothing is switched and the new colour is taken down again.
set -euo pipefail

if [[ $# -lt 1 || $# -gt 2 || $1 == -* ]]; then
  echo "usage: $0 IMAGE [TIMEOUT_SECONDS]" >&2
  exit 64
fi
image=$1
timeout=${2:-300}
namespace=${NAMESPACE:-streamgate}
if [[ ! $timeout =~ ^[0-9]+$ ]]; then
  echo "The timeout is '$timeout'; expected a whole number of seconds" >&2
  exit 64
fi

active=$(kubectl get service streamgate-active -n "$namespace" -o jsonpath='{.spec.selector.version}')
case $active in
  blue) idle=green ;;
  green) idle=blue ;;
  *)
    echo "service/streamgate-active selects version '$active'; expected blue or green" >&2
    exit 1
    ;;
esac
replicas=$(kubectl get deployment "streamgate-$active" -n "$namespace" -o jsonpath='{.spec.replicas}')
echo "$active serves with $replicas pods; $image goes to $idle"

kubectl set image "deployment/streamgate-$idle" "streamgate=$image" -n "$namespace"
kubectl scale "deployment/streamgate-$idle" --replicas="$replicas" -n "$namespace"
if ! kubectl rollout status "deployment/streamgate-$idle" -n "$namespace" --timeout="${timeout}s"; then
  echo "$idle is not ready after ${timeout}s; $active goes on serving" >&2
  kubectl scale "deployment/streamgate-$idle" --replicas=0 -n "$namespace"
  exit 1
fi

kubectl patch service streamgate-active -n "$namespace" -p "{\"spec\":{\"selector\":{\"app\":\"streamgate\",\"version\":\"$idle\"}}}"
kubectl patch hpa streamgate-hpa-cpu -n "$namespace" -p "{\"spec\":{\"scaleTargetRef\":{\"name\":\"streamgate-$idle\"}}}"
echo "$idle serves now. $active keeps its $replicas pods for the way back:"
echo "  ./scripts/blue-green-rollback.sh"
