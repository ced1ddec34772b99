"""*Perencanaan*: which contracts run together, and what one run has to fetch. Knows nothing of Airflow, which asks for it."""
