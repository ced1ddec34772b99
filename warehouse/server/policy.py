"""How the embedded server is tuned and whom it lets in; written at each start, so that a new version brings its own.

Meant for 2 cores and 4 to 24 GB beside Airflow. `ALTER SYSTEM` (postgresql.auto.conf) is read after it and wins.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.server.places import Cluster

SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",  # one door only, and it asks for a password
    "password_encryption": "scram-sha-256",
    "max_connections": "200",  # Airflow's processes keep pools
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",
    "jit": "off",  # compiling costs more than it saves on queries of this size
    "random_page_cost": "1.1",
    "fsync": "on",
    "wal_level": "minimal",  # one server without replicas: a table filled in the transaction that made it is not logged twice
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "logging_collector": "on",
    "log_directory": "'log'",
    "log_filename": "'postgres-%a.log'",  # seven files, each begun anew after a week
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_line_prefix": "'%m [%p] %u@%d '",
}
ADMISSION = "host all all 127.0.0.1/32 scram-sha-256\n"
SMALL_BYTES = 1 << 30


def write_policy(cluster: Cluster) -> None:
    """Write the server's settings and its admission rule into the data directory."""
    settings = SETTINGS | _shared_memory(Path("/dev/shm"))
    _write(cluster, "postgresql.conf", "".join(f"{name} = {value}\n" for name, value in settings.items()))
    _write(cluster, "pg_hba.conf", ADMISSION)


def _shared_memory(device: Path) -> dict[str, str]:
    """A container's shared memory is often 64 MB, less than one parallel hash join asks for: use files then."""
    if device.exists() and shutil.disk_usage(device).total < SMALL_BYTES:
        return {"dynamic_shared_memory_type": "mmap"}
    return {}


def _write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.data / name
    path.write_text(text)
    path.chmod(0o600)
    cluster.own(path)
