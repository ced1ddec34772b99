"""The PostgreSQL that comes with the product, so that a fresh machine needs no database of its own.

It is the default warehouse and keeps Airflow's metadata; SATUDATA_DATABASE_URL replaces it (`warehouse.connect`).
"""

from warehouse.server.life import ServerInfo, is_running, start, stop, url
from warehouse.server.places import AIRFLOW_DATABASE, DATABASE

__all__ = ["AIRFLOW_DATABASE", "DATABASE", "ServerInfo", "is_running", "start", "stop", "url"]
