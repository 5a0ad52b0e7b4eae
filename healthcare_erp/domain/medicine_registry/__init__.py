"""Rules of the national registry: medicines, lots, the register's import."""
