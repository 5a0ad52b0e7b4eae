"""The one exception that rules raise; `healthcare_erp.core.exceptions` gives each code its HTTP face."""


class DomainError(Exception):
	"""A rule said no.

	:param code: snake_case name of the rule, e.g. `insufficient_stock`; stable, part of the contract.
	:param context: the values that a message needs (plain data).
	"""

	def __init__(self, code: str, **context):
		self.code = code
		self.context = context
		super().__init__(f"{code}: {context}" if context else code)

	def __reduce__(self):
		return _rebuild, (self.code, self.context)


def _rebuild(code: str, context: dict) -> DomainError:
	return DomainError(code, **context)
