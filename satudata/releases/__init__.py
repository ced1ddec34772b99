"""What people do with releases: read what changed, go back, take figures away; one module per act, called by the command and the portal alike."""
