"""Figures on which agencies differ: seen, discussed, decided on a stated basis, and brought to the meeting as minutes."""
