"""Rules of licensing: what a facility is known by, proves, pays and may do."""
