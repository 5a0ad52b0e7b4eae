"""Life cycles in force: the base of documents with a status."""

from .document import LifeCycleDocument

__all__ = ("LifeCycleDocument",)
