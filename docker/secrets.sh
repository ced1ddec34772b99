#!/bin/sh
# Makes the secrets that compose.yml mounts, once; those already there stay. The folder is closed, so the files inside may be
# readable: the services run as other users than the owner of this folder.
set -eu
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
chmod 0700 "$folder"
random() { od -An -v -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }
make_secret() { [ -s "$folder/$1" ] || { printf '%s' "$2" > "$folder/$1"; chmod 0444 "$folder/$1"; }; }

for name in postgres_password warehouse_password airflow_password admin_password; do make_secret "$name" "$(random 24)"; done
for name in api_secret_key jwt_secret; do make_secret "$name" "$(random 64)"; done
make_secret fernet_key "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
make_secret warehouse_url "postgresql://satudata:$(cat "$folder/warehouse_password")@postgres:5432/satudata"
make_secret airflow_url "postgresql+psycopg2://airflow:$(cat "$folder/airflow_password")@postgres:5432/airflow"
