"""User Permissions on places and facilities are the scope of the app's users."""

from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.healthcare_erp import derived_permissions


def follow(doc, method: str | None = None) -> None:
	"""on_update, after_delete"""
	if doc.allow in ("Administrative Level", *FACILITY_TYPES) and not doc.get("healthcare_derived"):
		derived_permissions.follow_user(doc.user)
