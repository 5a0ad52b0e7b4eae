"""A territory and a single facility elsewhere give both.

Frappe joins User Permissions of different DocTypes by AND: whoever has one on a Pharmacy is shown no other, territory or
not. For such a user the pharmacies of the territories get User Permissions of their own, marked as derived: they widen
what Frappe shows, and `permissions`, which does not count them, still decides.
"""

import frappe

from healthcare_erp.domain.vocabulary import FACILITY_TYPES

_BOTH = """FROM `tabUser Permission` single
	JOIN `tabUser Permission` granted ON granted.user = single.user AND granted.allow = 'Administrative Level'
	JOIN facility_territories territory ON territory.place_type = granted.allow
		AND territory.place = granted.for_value AND territory.facility_type = single.allow
		AND (territory.is_own OR NOT granted.hide_descendants)
	WHERE single.allow = %(facility_type)s AND single.healthcare_derived = 0
		AND COALESCE(single.applicable_for, '') IN ('', single.allow)
		AND COALESCE(granted.applicable_for, '') IN ('', single.allow)"""
_MISSING = f"""SELECT DISTINCT single.user, territory.facility {_BOTH} AND {{which}} AND NOT EXISTS (
	SELECT name FROM `tabUser Permission` own WHERE own.user = single.user AND own.allow = single.allow
		AND own.for_value = territory.facility AND COALESCE(own.applicable_for, '') = '')"""  # nosec B608 # constants only
_SUPERFLUOUS = f"""SELECT derived.name FROM `tabUser Permission` derived
	WHERE derived.allow = %(facility_type)s AND derived.healthcare_derived = 1 AND {{whose}}
		AND (derived.user, derived.for_value) NOT IN (SELECT single.user, territory.facility {_BOTH})"""  # nosec B608 # constants only


def follow_user(user: str) -> None:
	"""After a User Permission of theirs has changed."""
	_follow("single.user = %(value)s", "derived.user = %(value)s", user)


def follow_facility(facility: str) -> None:
	"""After a facility was added or has moved."""
	_follow("territory.facility = %(value)s", "derived.for_value = %(value)s", facility)


def rebuild() -> None:
	_follow("1 = 1", "1 = 1", None)


def _follow(which: str, whose: str, value: str | None) -> None:
	for facility_type in FACILITY_TYPES:
		values = {"facility_type": facility_type, "value": value}
		superfluous = frappe.db.sql_list(_SUPERFLUOUS.format(whose=whose), values)
		missing = frappe.db.sql(_MISSING.format(which=which), values)
		if superfluous:
			frappe.db.delete("User Permission", {"name": ("in", superfluous)})
		for user, facility in missing:
			_derive(user, facility_type, facility)
		if superfluous or missing:
			frappe.cache.delete_value("user_permissions")


def _derive(user: str, facility_type: str, facility: str) -> None:
	permission = {"user": user, "allow": facility_type, "for_value": facility, "healthcare_derived": 1}
	doc = frappe.get_doc({"doctype": "User Permission", "apply_to_all_doctypes": 1, **permission})
	doc.insert(ignore_permissions=True)
