"""A first contract for a source nobody described yet: survey of the bytes > columns > guesses > proof on the whole file > YAML."""
