"""The one exception of the tool: a name and a sentence."""


class BundleError(Exception):
	"""Something that the user has to mend: the command ends with exit code 2.

	:param code: snake_case name, e.g. `bundle_not_found`; part of the contract.
	:param sentence: what is wrong and what to do.
	"""

	def __init__(self, code: str, sentence: str):
		self.code, self.sentence = code, sentence
		super().__init__(f"{code}: {sentence}")
