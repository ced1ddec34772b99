"""The finding report: what an agency is to mend, as a workbook and as CSV, in its own language and with its own file, sheet and row."""
