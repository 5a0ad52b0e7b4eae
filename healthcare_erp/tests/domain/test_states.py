"""Life cycles: the machine, and the tables of lots, medicines and facilities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain import facilities
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry import lots, medicines
from healthcare_erp.domain.states import StateMachine, Transition

MACHINES = {"lot": lots.LIFE_CYCLE, "medicine": medicines.LIFE_CYCLE, "facility": facilities.LIFE_CYCLE}
ROLES = ("National Admin", "Inspector", "System", "Pharmacy Manager")
TABLES = {
	"lot": {
		"Active": {"Block": "Blocked", "Expire": "Expired", "Recall": "Recalled"},
		"Blocked": {"Unblock": "Active", "Recall": "Recalled"},
		"Expired": {"Recall": "Recalled"},
		"Recalled": {},
	},
	"medicine": {"Authorized": {"Block": "Blocked"}, "Blocked": {"Authorize": "Authorized"}},
	"facility": {
		"Pending": {"Approve": "Approved", "Reject": "Rejected"},
		"Approved": {"Suspend": "Suspended"},
		"Suspended": {"Reinstate": "Approved", "Declare Illegal": "Illegal"},
		"Rejected": {},
		"Illegal": {},
	},
}
machines = st.sampled_from(sorted(MACHINES))


@pytest.mark.parametrize("name", MACHINES)
def test_the_table_is_that_of_the_design(name):
	found = {status: {} for status in TABLES[name]}
	for transition in MACHINES[name].transitions:
		found[str(transition.source)][transition.action] = str(transition.target)
	assert found == TABLES[name]
	assert str(MACHINES[name].initial) == next(iter(TABLES[name]))


@given(machines, st.data())
def test_an_action_works_exactly_from_where_the_table_has_it(name, data):
	status = data.draw(st.sampled_from(sorted(TABLES[name])))
	action = data.draw(st.sampled_from([*sorted({a for row in TABLES[name].values() for a in row}), "Sell"]))
	machine = MACHINES[name]
	if action in TABLES[name][status]:
		assert machine.find(status, action, ROLES, "why").target == TABLES[name][status][action]
		return
	with pytest.raises(DomainError) as caught:
		machine.find(status, action, ROLES, "why")
	assert caught.value.code == "invalid_transition"
	assert caught.value.context["allowed"] == list(TABLES[name][status])


@given(machines, st.data())
def test_a_status_is_reached_exactly_by_its_transition(name, data):
	source, target = (data.draw(st.sampled_from(sorted(TABLES[name]))) for _end in range(2))
	if target in TABLES[name][source].values():
		found = MACHINES[name].between(source, target)
		assert (found.source, found.target) == (source, target)
	else:
		with pytest.raises(DomainError, match="invalid_transition"):
			MACHINES[name].between(source, target)


@given(machines, st.sets(st.sampled_from(ROLES)), st.data())
def test_offered_actions_are_those_that_work(name, roles, data):
	machine = MACHINES[name]
	status = data.draw(st.sampled_from(sorted(TABLES[name])))
	offered = {transition.action for transition in machine.actions(status, roles)}
	for action in TABLES[name][status]:
		if action in offered:
			machine.find(status, action, roles, "why")
		else:
			with pytest.raises(DomainError, match="transition_not_permitted"):
				machine.find(status, action, roles, "why")


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_a_reason_is_asked_where_the_table_says_so(reason):
	machine = StateMachine(
		"A",
		(
			Transition("A", "Go", "B", frozenset({"R"}), True),
			Transition("B", "Back", "A", frozenset({"R"})),
		),
	)
	with pytest.raises(DomainError, match="reason_required"):
		machine.find("A", "Go", {"R"}, reason)
	assert machine.find("A", "Go", {"R"}, "why").target == "B"
	assert machine.find("B", "Back", {"R"}, reason).target == "A"


def test_what_takes_a_lot_out_of_trade_or_back_needs_a_reason():
	silent = {(t.action) for machine in MACHINES.values() for t in machine.transitions if not t.needs_reason}
	assert silent == {"Expire", "Approve"}
