"""When people need medicines: the months of malaria and of school, the days of the week, the opening hours."""

from datetime import date, timedelta
from itertools import accumulate

from ..medicine_registry.essential_medicines import ESSENTIAL_MEDICINES
from .facilities import DISPENSARY, HEALTH_CENTER, NATIONAL, PROVINCIAL, RETAILER

# January to December. Malaria follows the two rains; schools treat for worms when the terms begin, and
# children bring colds home; nothing of it in the long holidays of July and August.
MALARIA = (1.25, 0.85, 0.75, 1.00, 1.50, 1.60, 1.00, 0.60, 0.50, 0.70, 1.05, 1.40)
FEVER = (1.10, 0.95, 0.90, 1.00, 1.20, 1.25, 1.00, 0.80, 0.80, 0.90, 1.00, 1.15)
SCHOOL = (1.45, 0.90, 0.75, 1.40, 0.90, 0.75, 0.50, 0.50, 2.00, 1.20, 0.90, 0.75)
ALL_YEAR = (1.0,) * 12
SEASONS = (
	("P01B", MALARIA),
	("N02BE", FEVER),
	("P02C", SCHOOL),
	("R06", SCHOOL),
	("J01CA", tuple((a + b) / 2 for a, b in zip(SCHOOL, FEVER, strict=True))),
)  # by the beginning of the ATC code

# Sales of a weekday, Monday first, against the mean of Tuesday to Friday.
WEEK = (1.20, 1.0, 1.0, 1.0, 1.0, 0.75, 0.25)
SATURDAY, SUNDAY = 5, 6
ON_DUTY = 6  # one pharmacy in so many is open on a Sunday

# Sales of an hour, from midnight on, for each kind of day.
_PHARMACY = (*(0,) * 8, 8, 12, 13, 11, 4, 3, 8, 10, 12, 14, 9, 4, *(0,) * 4)
_ON_DUTY = (*(0,) * 8, 6, 8, 8, 8, 6, 5, 6, 7, 8, 7, 6, 4, *(0,) * 4)
_CENTER = (*(0,) * 7, 5, 13, 16, 15, 11, 3, 7, 8, 5, *(0,) * 8)
_MORNING = (*(0,) * 7, 5, 13, 15, 13, 9, *(0,) * 12)
_HOSPITAL = (1, 1, 1, 1, 1, 1, 2, 5, 12, 15, 15, 12, 6, 7, 10, 9, 6, 4, 4, 3, 3, 2, 2, 1)
_OFFICE = (*(0,) * 8, 8, 12, 12, 10, 2, 5, 9, 9, 6, *(0,) * 7)
_SLOT = 600  # seconds
CHOICES = 9  # bits: so many equally likely slots has a table of hours


def slots(hours: tuple[int, ...]) -> tuple[int, ...]:
	"""2 ** CHOICES beginnings of ten minutes (seconds of the day), as often as the hours' weights say."""
	ends = list(accumulate(weight for weight in hours for _slot in range(3_600 // _SLOT)))
	wanted = ((number + 0.5) * ends[-1] / 2**CHOICES for number in range(2**CHOICES))
	slot, table = 0, []
	for point in wanted:
		while ends[slot] < point:
			slot += 1
		table.append(slot * _SLOT)
	return tuple(table)


OFFICE_HOURS = slots(_OFFICE)
_EVERY_DAY = (slots(_HOSPITAL),) * 7
_WEEKDAYS_AND_A_MORNING = (*(slots(_CENTER),) * 5, slots(_MORNING), slots(_MORNING))
# By kind of facility, for each day of the week.
OPENING_HOURS = {
	RETAILER: (*(slots(_PHARMACY),) * 5, slots(_PHARMACY), slots(_ON_DUTY)),
	HEALTH_CENTER: _WEEKDAYS_AND_A_MORNING,
	DISPENSARY: _WEEKDAYS_AND_A_MORNING,
	NATIONAL: _EVERY_DAY,
	PROVINCIAL: _EVERY_DAY,
}


def season(medicine: int, month: int) -> float:
	"""How much of an essential medicine (by its number) is sold in a month, against its mean."""
	code = ESSENTIAL_MEDICINES[medicine].atc_code
	months = next((months for start, months in SEASONS if code.startswith(start)), ALL_YEAR)
	return months[month - 1] * 12 / sum(months)


def share_of_day(second: int) -> float:
	"""How much of a day's sales is made until then."""
	return sum(slot < second for slot in OPENING_HOURS[RETAILER][0]) / 2**CHOICES


def is_open_on_sunday(kind: str, number: int, week: int) -> bool:
	"""Hospitals always are, pharmacies take turns, the others are closed."""
	if kind == RETAILER:
		return (number + week) % ON_DUTY == 0
	return kind in (NATIONAL, PROVINCIAL)


def demand_until(medicine: int, start: date, days: int) -> list[float]:
	"""Mean days' worth of a medicine that are sold before each day, 0 to `days`."""
	factors = (season(medicine, (start + timedelta(day)).month) for day in range(days))
	return list(accumulate(factors, initial=0.0))
