"""Actions that several people approve: who counts, read from the audit trail."""

from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.approvals import Entry, approvers
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.states import Actor, Scope, StateMachine, Transition

ROLE = frozenset({"Boss"})
RELEASE = Transition("Held", "Release", "Free", ROLE, approvals=3)
RENEW = Transition("Held", "Renew", "Held", ROLE, approvals=2)
MACHINE = StateMachine(
	"Held",
	(RELEASE, RENEW, Transition("Held", "Note", "Held", ROLE), Transition("Free", "Hold", "Held", ROLE)),
)
steps = st.tuples(st.sampled_from(["Release", "Renew", "Note", "Hold"]), st.sampled_from("uvwx"))


def play(history) -> list[tuple[Transition, bool, Entry, str]]:
	"""Do each action where it may be done; per action done: what it is, whether it moved, its entry, the status then."""
	status, trail, done = MACHINE.initial, [], []
	for action, user in history:
		try:
			meant = MACHINE.find(status, action)
			given = approvers(meant, reversed(trail)) if meant.approvals > 1 else []
			meant.check(Actor(user, ROLE, frozenset(Scope)), "why", given)
		except DomainError:
			continue
		moves = meant.moves_after(given)
		trail.append(Entry(action, meant.source, meant.target if moves else None, user))
		status = meant.target if moves else status
		done.append((meant, moves, trail[-1], status))
	return done


@given(st.lists(steps, max_size=40))
def test_a_move_has_as_many_approvals_by_different_people_as_it_takes(history):
	since: dict[str, list[str]] = {}
	for meant, moves, entry, _status in play(history):
		since.setdefault(meant.action, []).append(entry.user)
		assert len(set(since[meant.action])) == len(since[meant.action]) or meant.approvals == 1
		assert moves == (meant.approvals == 1 or len(since[meant.action]) == meant.approvals)
		if moves:
			since.pop(meant.action)
		if moves and meant.source != meant.target:
			since.clear()


@given(st.lists(steps, max_size=40))
def test_approvals_of_an_earlier_stay_do_not_count(history):
	trail = [entry for _meant, _moves, entry, _status in play(history)]
	moved = Entry("Hold", "Free", "Held", "u")
	assert approvers(RELEASE, reversed([*trail, moved])) == []
	assert approvers(RELEASE, [Entry("Release", "Held", None, "v"), moved, *reversed(trail)]) == ["v"]


def test_a_move_back_to_the_same_status_ends_its_own_approvals_only():
	trail = [Entry("Renew", "Held", "Held", "u"), Entry("Release", "Held", None, "v")]
	assert approvers(RELEASE, trail) == ["v"]
	assert approvers(RENEW, [*trail, Entry("Renew", "Held", None, "w")]) == []


def test_a_change_of_fields_ends_what_was_approved_before():
	changed, approved = Entry("Update", None, None, "u"), Entry("Release", "Held", None, "v")
	assert approvers(RELEASE, [changed, approved]) == []
	assert approvers(RELEASE, [approved, changed]) == ["v"]
