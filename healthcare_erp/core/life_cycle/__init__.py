"""Life cycles in force: the base of documents with a status, and the system's actions on many at once."""

from .bulk import move_as_system
from .document import LifeCycleDocument

__all__ = ["LifeCycleDocument", "move_as_system"]
