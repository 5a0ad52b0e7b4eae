"""For every pytest suite: on a busy machine an example may take its time, which says nothing of the rule."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("healthcare_erp", deadline=None)
# mutmut runs the suite again and again in one process, always with the same examples
settings.register_profile(
	"mutation", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.differing_executors]
)
settings.load_profile("mutation" if "MUTANT_UNDER_TEST" in os.environ else "healthcare_erp")
