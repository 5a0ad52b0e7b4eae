"""Opening a bundle that a stranger may have made: what it must be before a row of it is read."""
