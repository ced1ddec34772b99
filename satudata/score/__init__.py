"""The score of an agency: five measures with stated weights, kept with what they were computed from (docs/skor.md)."""
