"""Measurements of the app on a bench, as ratios within one run (`make bench`)."""
