"""The warehouse at the size of a province: what a build, a release and a dashboard cost on millions of facts."""
