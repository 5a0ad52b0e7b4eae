"""Which column of a register is which field, in French or English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values.spelling import fold

REQUIRED = ("registration_number", "brand_name", "inn")
HEADER_WITHIN = 10  # rows: published tables begin with titles
OUR_COLUMNS = ("reason", "line")  # what a rejected file has besides the register's own columns

# Field -> headers, written as `_simplified` leaves them.
_ALIASES = {
	"registration_number": "no_enregistrement no_amm no_autorisation no_homologation no_registration registration_no "
	"registration no_reg reg_no no_authorisation authorisation_no product_licence_no",
	"brand_name": "brand_name brand trade_name proprietary_name product_name product name medicine medicine_name "
	"designation_commerciale designation denomination_commerciale denomination nom_commercial nom nom_medicament "
	"nom_produit medicament produit specialite marque nom_marque",
	"inn": "inn dci denomination_commune_internationale international_nonproprietary_name "
	"international_non_proprietary_name generic_name nom_generique active_ingredient active_ingredients "
	"active_substance active_substances principe_actif principes_actifs substance_active substances_actives",
	"atc_code": "atc atc_code code_atc classe_atc who_atc who_atc_code",
	"dosage_form": "dosage_form form pharmaceutical_form forme forme_pharmaceutique forme_galenique",
	"strength": "strength strengths dose dosage dosages concentration teneur",
	"pack": "pack pack_size packaging presentation conditionnement emballage",
	"category": "category product_type categorie type type_produit",
	"manufacturer": "manufacturer manufacturer_name laboratory laboratoire laboratoire_fabricant fabricant fabriquant "
	"nom_laboratoire nom_fabricant laboratory_name",
	"manufacturer_country": "manufacturer_country country_manufacturer country_manufacture country_origin country pays "
	"pays_origine pays_fabricant pays_fabrication pays_laboratoire",
	"authorisation_holder": "authorisation_holder marketing_authorisation_holder mah holder licence_holder "
	"registration_holder holder_name titulaire titulaire_amm titulaire_autorisation nom_titulaire nom_titulaire_amm "
	"detenteur detenteur_amm nom_detenteur",
	"authorisation_holder_country": "authorisation_holder_country country_holder country_authorisation_holder "
	"country_marketing_authorisation_holder country_mah mah_country holder_country pays_titulaire "
	"pays_titulaire_amm pays_detenteur",
	"registration_date": "registration_date date_registration authorisation_date date_authorisation date_amm "
	"date_enregistrement date_autorisation date_homologation",
	"gtin": "gtin gtin14 gtin_14 gtin13 gtin_13 ean ean13 ean_13 barcode bar_code code_barre code_barres",
	"authorised_price": "authorised_price price maximum_price retail_price prix prix_autorise prix_public prix_vente",
	"is_controlled": "is_controlled controlled controlled_substance controle substance_controlee stupefiant",
	"status": "status authorisation_status registration_status statut statut_amm etat",
}
_FIELDS = {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split()}
_DROPPED = {"de", "du", "des", "d", "la", "le", "les", "l", "of", "the", "by"}
_SAME = {
	"num": "no",
	"numero": "no",
	"number": "no",
	"nr": "no",
	"n": "no",
	"authorization": "authorisation",
	"authorized": "authorised",
	"license": "licence",
}

# Field -> one French or English header for messages and documents.
ACCEPTED_HEADERS = {
	"registration_number": ("registration_number", "num_enregistrement"),
	"brand_name": ("brand_name", "designation_commerciale"),
	"inn": ("inn", "dci"),
	"atc_code": ("atc_code", "code_atc"),
	"dosage_form": ("dosage_form", "forme"),
	"strength": ("strength", "dosage"),
	"pack": ("pack", "conditionnement"),
	"category": ("category", "categorie"),
	"manufacturer": ("manufacturer", "laboratoire"),
	"manufacturer_country": ("country_of_origin", "pays_origine"),
	"authorisation_holder": ("marketing_authorisation_holder", "titulaire_amm"),
	"authorisation_holder_country": ("holder_country", "pays_titulaire_amm"),
	"registration_date": ("registration_date", "date_amm"),
	"gtin": ("gtin", "code_barres"),
	"authorised_price": ("price", "prix"),
	"is_controlled": ("controlled", "stupefiant"),
	"status": ("status", "statut_amm"),
}


@dataclass(frozen=True, slots=True)
class Columns:
	"""The header row understood: its cells as written, the field at each position, the headers not read."""

	names: tuple[str, ...]
	fields: dict[int, str]
	ignored: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, Columns]:
	"""The first row that names the required columns, and what it says.

	:param rows: cells of the first rows of the table (title rows may come before the header).
	:raises DomainError: `register_headers_unknown` with the headers `missing` and `accepted`.
	"""
	best: set[str] = set()
	for index, cells in enumerate(rows[:HEADER_WITHIN]):
		columns = _columns(cells)
		found = set(columns.fields.values())
		if found.issuperset(REQUIRED):
			return index, columns
		best = max(best, found, key=len)
	missing = [_described(field) for field in REQUIRED if field not in best]
	raise DomainError("register_headers_unknown", missing=missing, accepted=accepted_headers())


def accepted_headers() -> str:
	"""Each field's English and French header, for people."""
	return ", ".join(map(_described, ACCEPTED_HEADERS))


def _columns(cells: Sequence[str]) -> Columns:
	"""A field that two headers name is read from the first."""
	fields: dict[int, str] = {}
	ignored = []
	for position, cell in enumerate(cells):
		field = _FIELDS.get(_simplified(cell))
		if field and field not in fields.values():
			fields[position] = field
		elif cell.strip() and cell.strip() not in OUR_COLUMNS:
			ignored.append(cell.strip())
	return Columns(tuple(cells), fields, tuple(ignored))


def _simplified(header: str) -> str:
	words = re.split(r"[^a-z0-9]+", re.sub(r"\.|\(s\)", "", fold(header)))
	return "_".join(_SAME.get(word, word) for word in words if word and word not in _DROPPED)


def _described(field: str) -> str:
	return " / ".join(ACCEPTED_HEADERS[field])
