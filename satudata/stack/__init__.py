"""The programs around the warehouse, started from SATUDATA_HOME alone: Airflow, and the sample city where it is played."""
