"""The picture of a trace: what it groups, where things go, and how it is drawn."""

from .svg import draw, number

__all__ = ["draw", "number"]
