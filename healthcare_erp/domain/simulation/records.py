"""What a simulated history consists of: plain records and the columns of a movement row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

MOVEMENT_COLUMNS = (
	"name",
	"movement_type",
	"direction",
	"quantity",
	"position_sequence",
	"balance_after",
	"warehouse",
	"facility_type",
	"facility",
	"national_lot",
	"national_medicine",
	"unit_price",
	"counterparty_type",
	"counterparty",
	"reference_doctype",
	"reference_name",
	"reversal_of",
	"idempotency_key",
	"posting_datetime",
	"creation",
)


class Facility(NamedTuple):
	"""A place that holds stock; latitude and longitude in degrees."""

	name: str
	facility_name: str
	facility_type: str
	kind: str
	province: str
	commune: str
	latitude: float
	longitude: float
	warehouse: str


class Medicine(NamedTuple):
	"""A presentation on the register; the authorised price is BIF per unit."""

	name: str
	atc_code: str
	inn: str
	dosage_form: str
	strength: str
	pack: str
	authorised_price: int
	status: str


class Lot(NamedTuple):
	"""An imported lot; `status` is the one at the end of the history."""

	name: str
	national_medicine: str
	lot_number: str
	manufacture_date: date
	expiry_date: date
	quantity_imported: int
	importer: str
	status: str


class StatusEvent(NamedTuple):
	"""From `at` on, the lot or medicine `subject` has this status (before its first event: Active, Authorized)."""

	subject: str
	status: str
	at: datetime


class Diversion(NamedTuple):
	"""The planted crime: `receiver` writes less than `sender` sent; the rest is sold by `outlet`, far away."""

	lot: str
	sender: str
	receiver: str
	outlet: str


@dataclass(frozen=True, slots=True)
class History:
	"""A simulated national history.

	Everything but the movements is here up front, so that a loader can make masters first. Status events
	are in order of time and lie before the first movement of their day: to replay them with the movements,
	merge by time (`creation` of a row, `at` of an event). `movements()` starts anew at each call, yields
	tuples in the order of `MOVEMENT_COLUMNS`, oldest first, and holds one day of them in memory. `lines()`
	yields the same as lines of CSV (no value: nothing between the commas), in half the time.
	"""

	facilities: list[Facility]
	medicines: list[Medicine]
	lots: list[Lot]
	lot_events: list[StatusEvent]
	medicine_events: list[StatusEvent]
	recalled_lot: str | None
	diversion: Diversion | None
	parameters: dict = field(default_factory=dict)
	movements: Callable[[], Iterator[tuple]] = field(default=tuple, repr=False)
	lines: Callable[[], Iterator[str]] = field(default=tuple, repr=False)
