"""A life cycle for tests, on a pharmacy in place of its own, and the ways in which its status is changed."""

from unittest.mock import patch

import frappe

from healthcare_erp.api import transitions
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.states import SYSTEM, Scope, StateMachine, Transition
from healthcare_erp.pharmacy_supply.doctype.pharmacy.pharmacy import Pharmacy
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

ADMIN, INSPECTOR = frozenset({"National Admin"}), frozenset({"Inspector"})


def refuse_unplaced(facts) -> None:
	if facts["address_line"] == "nowhere":
		raise DomainError("invalid_gln", gln=facts["name"])


MACHINE = StateMachine(
	"Pending",
	(
		Transition("Pending", "Approve", "Approved", ADMIN | INSPECTOR, True, approvals=2),
		Transition("Pending", "Reject", "Rejected", ADMIN, True),
		Transition("Pending", "Withdraw", "Rejected", INSPECTOR),
		Transition("Pending", "Expire", "Illegal", frozenset({SYSTEM}), guards=(refuse_unplaced,)),
		Transition("Approved", "Suspend", "Suspended", ADMIN, guards=(refuse_unplaced,), effects=("tell",)),
		Transition("Approved", "Close", "Illegal", ADMIN | INSPECTOR, scope=Scope.NATIONAL),
		Transition("Approved", "Return", "Pending", ADMIN),
		Transition("Suspended", "Remind", "Suspended", ADMIN, effects=("tell",)),
	),
)


class LifeCycleTestCase(SiteTestCase):
	def setUp(self):
		self.pharmacy = factories.pharmacy(approved=False)
		self.use("life_cycle", MACHINE)
		self.told = []
		self.use("tell", lambda doc: self.told.append(self.status()))

	def use(self, name: str, value) -> None:
		"""Put something in a pharmacy's class until the test ends."""
		put = patch.object(Pharmacy, name, value, create=True)
		put.start()
		self.addCleanup(put.stop)

	def become(self, *roles: str, scope: tuple[str, str] | None = None) -> str:
		user = factories.user_as_administrator(*roles, scope=scope)
		frappe.set_user(user)
		return user

	def scoped(self, place: str) -> str:
		return self.become("Inspector", scope=("Administrative Level", place))

	def apply(self, action: str, reason: str | None = None) -> str:
		return transitions.apply("Pharmacy", self.pharmacy.name, action, reason)["status"]

	def apply_to_many(self, action: str, reason: str | None = None) -> dict:
		return transitions.apply_to_many("Pharmacy", [self.pharmacy.name], action, reason)

	def put(self, values: dict):
		"""A save as REST and Desk make it."""
		return frappe.client.set_value("Pharmacy", self.pharmacy.name, values)

	def offered(self) -> list[str]:
		return [action["action"] for action in transitions.get_actions("Pharmacy", self.pharmacy.name)]

	def status(self) -> str:
		return frappe.db.get_value("Pharmacy", self.pharmacy.name, "status")

	def set_status(self, status: str) -> None:
		frappe.set_user("Administrator")
		self.pharmacy.reload().db_set("status", status)

	def entries(self) -> list[tuple]:
		return frappe.get_all(
			"Audit Entry",
			filters={
				"reference_doctype": "Pharmacy",
				"reference_name": self.pharmacy.name,
				"action": ("!=", "Create"),
			},
			fields=["action", "from_status", "to_status", "reason", "owner"],
			order_by="happened_at, creation",
			as_list=True,
		)

	def refused_everywhere(self, error, status: int, action: str, target: str) -> None:
		"""By the action, by the action on many, and by a save of the status where one action leads there."""
		self.assertRefused(error, self.apply, action, "why", status=status)
		self.assertRefused(error, self.apply_to_many, action, "why", status=status)
		self.assertRefused(error, self.put, {"status": target}, status=status)
