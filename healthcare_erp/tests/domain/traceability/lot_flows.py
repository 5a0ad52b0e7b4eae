"""Flows of a lot between four facilities, random ones and by hand."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from healthcare_erp.domain.traceability import trace
from healthcare_erp.domain.traceability.trace import Flow
from healthcare_erp.domain.vocabulary import DIRECTIONS, MovementType

START = datetime(2026, 1, 1)
NODES = ("Pharmacy:A", "Pharmacy:B", "Public Facility:C", "Public Facility:D")
INTERNAL = MovementType.INTERNAL_TRANSFER  # stays in its facility: no edge
WAYS = [(kind, way) for kind in MovementType for way in DIRECTIONS[kind] if kind is not INTERNAL]


@st.composite
def flows(draw, **fixed) -> Flow:
	kind, way = draw(st.sampled_from(WAYS))
	node = draw(st.sampled_from(NODES))
	transfer = kind in trace.TRANSFERS
	others = [other for other in NODES if other != node]
	first = START + timedelta(hours=draw(st.integers(0, 500)))
	return Flow(
		node,
		kind,
		way,
		draw(st.integers(1, 50)),
		draw(st.integers(1, 3)),
		first,
		first + timedelta(hours=draw(st.integers(0, 9))),
		draw(st.sampled_from([None, *others])) if transfer else None,
		draw(st.sampled_from([None, "Order:1", "Order:2"])),
	)


def transfer(sender: str, receiver: str, sent: int, received: int | None = None, document="Order:1"):
	"""Both ends of one transfer; the receiver's is left out where it wrote nothing."""
	at = (START, START)
	rows = [Flow(sender, "B2B Out", "Out", sent, 1, *at, receiver, document)]
	if received is not None:
		rows.append(Flow(receiver, "B2B In", "In", received, 1, *at, sender, document))
	return rows


def flow(node: str, kind: str, way: str, quantity: int) -> Flow:
	return Flow(node, kind, way, quantity, 1, START, START)
