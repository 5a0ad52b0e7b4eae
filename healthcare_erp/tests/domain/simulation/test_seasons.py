"""When of a day people come: a table of equally likely moments out of weights by the hour."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.simulation.seasons import CHOICES, slots

HOUR, SLOT = 3_600, 600  # seconds
weights = st.lists(st.integers(0, 20), min_size=24, max_size=24).filter(any).map(tuple)


@given(weights)
def test_an_hour_comes_as_often_as_its_weight_says(hours):
	table = slots(hours)
	assert len(table) == 2**CHOICES
	assert all(moment % SLOT == 0 for moment in table)
	found = Counter(moment // HOUR for moment in table)
	for hour, weight in enumerate(hours):
		assert abs(found[hour] - weight / sum(hours) * len(table)) <= 1


def test_each_ten_minutes_of_an_hour_are_as_likely():
	one_hour = tuple(int(hour == 8) for hour in range(24))
	found = Counter(slots(one_hour))
	assert set(found) == set(range(8 * HOUR, 9 * HOUR, SLOT))
	assert max(found.values()) - min(found.values()) <= 1


def test_the_first_and_the_last_of_a_day_are_reached():
	table = slots((1,) * 24)
	assert (table[0], table[-1]) == (0, 24 * HOUR - SLOT)
	assert list(table) == sorted(table)
