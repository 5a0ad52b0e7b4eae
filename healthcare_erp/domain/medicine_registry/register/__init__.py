"""Reading a national medicine register: whatever table an authority publishes, row by row."""

from .headers import ACCEPTED_HEADERS, Columns, accepted_headers, find_header
from .plans import Plan, Refused, plan
from .rows import Entry, changes

__all__ = [
	"ACCEPTED_HEADERS",
	"Columns",
	"Entry",
	"Plan",
	"Refused",
	"accepted_headers",
	"changes",
	"find_header",
	"plan",
]
