"""What each refusal says: code -> (class in `healthcare_erp.core.exceptions`, title, sentence).

Plain data, so that translations and documents can be checked against it without a bench.
"""

from . import fixed_fields, ledger, network, registry, scope

ERRORS: dict[str, tuple[str, str, str]] = {
	**ledger.ERRORS,
	**registry.ERRORS,
	**network.ERRORS,
	**fixed_fields.ERRORS,
	**scope.ERRORS,
}
