"""What runs when: Airflow's side of the product. Tasks are thin and call `satudata`; nothing else may import airflow."""
