"""Published figures in the shapes that other systems of the state take in."""
