"""Life cycles: the machine, whatever its table, and the tables of lots, medicines and facilities."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain import facilities
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry import lots, medicines
from healthcare_erp.domain.reasons import check_reason
from healthcare_erp.domain.states import SYSTEM, Actor, Scope, StateMachine, Transition

MACHINES = {"lot": lots.LIFE_CYCLE, "medicine": medicines.LIFE_CYCLE, "facility": facilities.LIFE_CYCLE}
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
STATUSES, ACTIONS, ROLES = "ABCD", ("Go", "Jump", "Pay", "Settle"), ("Boss", "Clerk", SYSTEM)
NOW = date(2026, 6, 1)


def refuse_closed(facts) -> None:
	if facts["closed"]:
		raise DomainError("closed")


def some_of(values):
	return st.frozensets(st.sampled_from(values))


transitions = st.builds(
	Transition,
	source=st.sampled_from(STATUSES),
	action=st.sampled_from(ACTIONS),
	target=st.sampled_from(STATUSES),
	roles=st.frozensets(st.sampled_from(ROLES), min_size=1),
	needs_reason=st.booleans(),
	scope=st.sampled_from(Scope),
	guards=st.sampled_from([(), (refuse_closed,)]),
	approvals=st.integers(1, 3),
)
machines = st.builds(
	StateMachine,
	initial=st.just("A"),
	transitions=st.lists(transitions, unique_by=lambda t: (t.source, t.action)).map(tuple),
)
actors = st.builds(
	Actor, user=st.sampled_from("uvw"), roles=some_of(ROLES), scopes=some_of(sorted(Scope, key=str))
)
reasons = st.sampled_from([None, "", " \n", "why", "x" * 1_000, "x" * 1_001])


def outcome(call) -> str:
	"""`done` or the code of the refusal."""
	try:
		call()
	except DomainError as refusal:
		return refusal.code
	return "done"


@pytest.mark.parametrize("name", MACHINES)
def test_the_table_is_that_of_the_design(name):
	found = {status: {} for status in TABLES[name]}
	for transition in MACHINES[name].transitions:
		found[str(transition.source)][transition.action] = str(transition.target)
	assert found == TABLES[name]
	assert str(MACHINES[name].initial) == next(iter(TABLES[name]))


@given(machines, st.lists(st.sampled_from(ACTIONS)))
def test_no_status_leaves_the_table(machine, history):
	status, known = machine.initial, {machine.initial, *(t.target for t in machine.transitions)}
	for action in history:
		if action in [t.action for t in machine.leaving(status)]:
			status = machine.find(status, action).target
		assert status in known


@given(machines, st.sampled_from(STATUSES), st.sampled_from(ACTIONS))
def test_a_refusal_names_the_actions_that_are_possible(machine, status, action):
	possible = [t.action for t in machine.leaving(status)]
	if action in possible:
		found = machine.find(status, action)
		assert (found.source, found.action) == (status, action)
		return
	with pytest.raises(DomainError) as caught:
		machine.find(status, action)
	assert (caught.value.code, caught.value.context["allowed"]) == ("invalid_transition", possible)


@given(machines, st.sampled_from(STATUSES), st.sampled_from(STATUSES))
def test_a_status_alone_is_taken_only_for_the_one_action_that_leads_there(machine, source, target):
	leading = [t for t in machine.leaving(source) if t.target == target]
	if len(leading) == 1:
		assert machine.between(source, target) is leading[0]
		return
	with pytest.raises(DomainError) as caught:
		machine.between(source, target)
	among = leading or machine.leaving(source)
	code = "ambiguous_transition" if leading else "invalid_transition"
	assert (caught.value.code, caught.value.context["allowed"]) == (code, [t.action for t in among])


@given(transitions, actors, reasons, some_of("uvw"), st.booleans())
def test_nobody_acts_without_role_scope_reason_or_past_a_guard(transition, actor, reason, approvers, closed):
	found = outcome(lambda: transition.check(actor, reason, approvers))
	if not transition.roles & actor.roles:
		assert found == "transition_not_permitted"
	elif transition.scope not in actor.scopes:
		assert found in ("whole_country", "action_out_of_scope")
	elif actor.user in approvers:
		assert found == "approved_already"
	else:
		assert found == outcome(lambda: check_reason(transition.action, reason, transition.needs_reason))
	guarded = outcome(lambda: transition.check_guards({"closed": closed}))
	assert guarded == ("closed" if closed and transition.guards else "done")


@given(machines, st.sampled_from(STATUSES), actors)
def test_offered_actions_are_those_for_which_role_and_scope_are_right(machine, status, actor):
	offered = machine.offered(status, actor)
	for transition in machine.leaving(status):
		works = outcome(lambda t=transition: t.check(actor, "why")) == "done"
		assert works == (transition in offered)
	assert all(t.source == status for t in offered)


@given(transitions, some_of("uvwxyz"))
def test_the_status_moves_with_the_last_approval_that_is_needed(transition, approvers):
	assert transition.moves_after(approvers) == (len(approvers) >= transition.approvals - 1)
	assert transition.moves_after([*approvers, *approvers]) == transition.moves_after(approvers)


@given(transitions, reasons, st.booleans())
def test_many_documents_are_moved_on_the_conditions_of_one(transition, reason, closed):
	actor = Actor.system("a@b.example")
	found = outcome(lambda: transition.check(actor, reason))
	if found == "done":
		found = outcome(lambda: transition.check_guards({"closed": closed}))
	if transition.approvals > 1:
		with pytest.raises(ValueError, match="document by document"):
			transition.check_in_bulk(actor, reason, {"closed": closed})
	else:
		assert outcome(lambda: transition.check_in_bulk(actor, reason, {"closed": closed})) == found


def test_what_something_follows_is_not_moved_in_bulk():
	sold = Transition("A", "Sell", "B", frozenset({SYSTEM}), effects=("post",))
	with pytest.raises(ValueError, match="document by document"):
		sold.check_in_bulk(Actor.system("a"), None, {})


@given(st.sampled_from(ROLES), st.sampled_from(Scope))
def test_the_system_does_what_is_left_to_it_and_nothing_else(role, scope):
	found = outcome(
		lambda: Transition("A", "Go", "B", frozenset({role}), scope=scope).check(Actor.system("a"))
	)
	assert found == ("done" if role == SYSTEM else "transition_not_permitted")


def test_an_action_leads_from_a_status_to_one_other():
	go = Transition("A", "Go", "B", frozenset({"Boss"}))
	with pytest.raises(ValueError, match="one status"):
		StateMachine("A", (go, Transition("A", "Go", "C", frozenset({"Boss"}))))


@pytest.mark.parametrize(("roles", "approvals"), [((), 1), (("Boss",), 0)])
def test_an_action_is_somebodys(roles, approvals):
	with pytest.raises(ValueError, match="nobody"):
		Transition("A", "Go", "B", frozenset(roles), approvals=approvals)


@given(st.integers(-3, 3))
def test_a_lot_expires_after_its_last_day(days):
	facts = {"name": "LOT", "expiry_date": NOW + timedelta(days), "today": NOW}
	expire = lots.LIFE_CYCLE.find("Active", "Expire")
	found = outcome(lambda: expire.check_in_bulk(Actor.system("a"), None, facts))
	assert found == ("done" if days < 0 else "lot_not_expired")


def test_what_takes_a_lot_out_of_trade_or_back_needs_a_reason():
	silent = {(t.action) for machine in MACHINES.values() for t in machine.transitions if not t.needs_reason}
	assert silent == {"Expire"}
