"""The audit trail: one entry for each write of a registered document, in the write's own transaction."""

from .writer import (
	Entry,
	Naming,
	request_id,
	values_of,
	write,
	write_created,
	write_delete,
	write_many,
	write_save,
)

__all__ = [
	"Entry",
	"Naming",
	"request_id",
	"values_of",
	"write",
	"write_created",
	"write_delete",
	"write_many",
	"write_save",
]
