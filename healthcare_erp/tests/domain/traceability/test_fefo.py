"""First expired, first out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.traceability.fefo import Holding, suggest, unusable_reason

TODAY = date(2026, 3, 1)

holdings = st.lists(
	st.builds(
		Holding,
		lot=st.text("abcdef", min_size=4, max_size=4),
		lot_number=st.just("N"),
		expiry_date=st.integers(-30, 300).map(lambda days: TODAY + timedelta(days)),
		status=st.sampled_from(["Active", "Blocked", "Expired", "Recalled"]),
		medicine_status=st.sampled_from(["Authorized", "Authorized", "Blocked"]),
		quantity=st.integers(0, 50),
	),
	max_size=12,
	unique_by=lambda holding: holding.lot,
)


@given(holdings, st.integers(1, 200))
def test_takes_what_was_asked_or_says_what_is_missing(held, quantity):
	found = suggest(held, quantity, TODAY)
	usable = sum(h.quantity for h in held if not unusable_reason(h, TODAY))
	assert sum(taken for _holding, taken in found.picks) == min(quantity, usable)
	assert found.shortfall == quantity - min(quantity, usable)
	assert all(0 < taken <= holding.quantity for holding, taken in found.picks)


@given(holdings, st.integers(1, 200))
def test_an_earlier_expiry_is_emptied_before_a_later_one_is_touched(held, quantity):
	picks = suggest(held, quantity, TODAY).picks
	dates = [holding.expiry_date for holding, _taken in picks]
	assert dates == sorted(dates)
	assert all(taken == holding.quantity for holding, taken in picks[:-1])
	untouched = {h.lot for h in held} - {h.lot for h, _taken in picks}
	for holding in held:
		if picks and holding.lot in untouched and holding.quantity and not unusable_reason(holding, TODAY):
			assert holding.expiry_date >= dates[-1]


@given(holdings, st.integers(1, 200))
def test_unusable_lots_are_listed_with_their_reason_and_never_taken(held, quantity):
	found = suggest(held, quantity, TODAY)
	listed = {holding.lot: reason for holding, reason in found.unusable}
	for holding in held:
		expired = holding.expiry_date < TODAY
		active = holding.status == "Active"
		if not holding.quantity:
			expected = None
		elif active and not expired:
			expected = "Medicine Blocked" if holding.medicine_status == "Blocked" else None
		else:
			expected = "Expired" if active else holding.status
		assert listed.get(holding.lot) == expected
	assert not set(listed) & {holding.lot for holding, _taken in found.picks}


@given(holdings, st.integers(1, 200), st.randoms())
def test_the_order_in_which_holdings_come_does_not_matter(held, quantity, chance):
	shuffled = list(held)
	chance.shuffle(shuffled)
	assert suggest(shuffled, quantity, TODAY) == suggest(held, quantity, TODAY)
