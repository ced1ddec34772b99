"""What the journal keeps of loads, releases and what they rest on; people's acts are written where they are done (`warehouse.acts`)."""
