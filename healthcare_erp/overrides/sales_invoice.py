"""The invoice of a closed shift: what its tills sold was lawful then."""


def keep_batches(doc, method: str | None = None) -> None:
	"""before_validate: a row's bundle says which batch it was; ERPNext would ask the batch field whether it has expired
	since."""
	if doc.is_consolidated:
		for row in doc.items:
			if row.serial_and_batch_bundle:
				row.batch_no = None
