"""The last word of a person over a batch: listed, approved, or returned to the Produsen Data. The portal and the command call the same functions."""
