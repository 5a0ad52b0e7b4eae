"""The picture of a trace: what it groups, where things go, and how it is drawn."""

from .svg import draw, number, sums

__all__ = ["draw", "number", "sums"]
