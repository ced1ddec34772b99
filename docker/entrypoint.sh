#!/bin/sh
# Starts a command with its secrets: NAME_FILE=/run/secrets/x becomes NAME, so that no secret stands in compose.yml or in the image.
set -eu
for name in $(env | sed -n "s|^\([A-Z][A-Z0-9_]*\)_FILE=${SECRETS_DIR:-/run/secrets}/.*|\1|p"); do
    file=$(printenv "${name}_FILE")
    [ -r "$file" ] || { echo "Rahasia $file untuk $name tidak dapat dibaca; buat dengan docker/secrets.sh" >&2; exit 1; }
    export "$name=$(cat "$file")"
    unset "${name}_FILE"
done
exec "$@"
