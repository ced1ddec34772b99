"""`satudata demo`: the sample city played through the whole pipeline, and every count held against what was worked out by hand."""
