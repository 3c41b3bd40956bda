#!/usr/bin/env bash
# Writes a dump of the database into a folder, checks that it is complete, and points latest.sql at it.
set -euo pipefail

if [[ $# -ne 2 || $1 == -* ]]; then
  echo "usage: $0 NAMESPACE FOLDER" >&2
  exit 64
fi
namespace=$1
folder=$2

mkdir -p "$folder"
file="fintech_db_$(date -u +%Y%m%dT%H%M%SZ).sql"
kubectl exec -i statefulset/fintech-db -n "$namespace" -- pg_dump -U fintech fintech_db >"$folder/$file" </dev/null

if ! tail -1 "$folder/$file" | grep -q 'dump complete'; then
  echo "The dump $folder/$file is not complete; latest.sql stays as it was" >&2
  exit 1
fi
cp "$folder/$file" "$folder/latest.sql"
echo "Wrote $folder/$file ($(wc -c <"$folder/$file") bytes) and $folder/latest.sql"
