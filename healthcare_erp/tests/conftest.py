"""For every pytest suite: on a busy machine an example may take its time, which says nothing of the rule."""

from hypothesis import settings

settings.register_profile("healthcare_erp", deadline=None)
settings.load_profile("healthcare_erp")
