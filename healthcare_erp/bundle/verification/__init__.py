"""The checks that a bundle has to pass, each defect with its name."""

from .defects import DEFECTS
from .verify import STEPS, Verdict, verify

__all__ = ["DEFECTS", "STEPS", "Verdict", "verify"]
