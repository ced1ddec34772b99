"""Take a country's list of regions from a file into the registry: judged and told before anything is written."""
