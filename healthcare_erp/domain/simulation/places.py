"""Burundi's provinces and communes (law of 2023) as the app's gazetteer spells them, with approximate centres."""

from typing import NamedTuple


class Commune(NamedTuple):
	"""A commune with the latitude and longitude of about its centre, in degrees."""

	province: str
	name: str
	latitude: float
	longitude: float


CAPITAL_COMMUNES = ("Mukaza", "Ntahangwa")

_CENTRES = {
	"Buhumuza": (
		("Butaganzwa", -3.33, 30.12),
		("Butihinda", -2.66, 30.40),
		("Cankuzo", -3.22, 30.55),
		("Gisagara", -3.14, 30.62),
		("Gisuru", -3.45, 30.55),
		("Muyinga", -2.85, 30.34),
		("Ruyigi", -3.48, 30.25),
	),
	"Bujumbura": (
		("Bubanza", -3.08, 29.39),
		("Bukinanyana", -2.85, 29.33),
		("Cibitoke", -2.89, 29.14),
		("Isare", -3.33, 29.48),
		("Mpanda", -3.17, 29.40),
		("Mugere", -3.47, 29.41),
		("Mugina", -2.80, 29.12),
		("Muhuta", -3.60, 29.42),
		("Mukaza", -3.38, 29.39),
		("Ntahangwa", -3.33, 29.39),
		("Rwibaga", -3.55, 29.49),
	),
	"Burunga": (
		("Bururi", -3.95, 29.62),
		("Makamba", -4.14, 29.80),
		("Matana", -3.77, 29.68),
		("Musongati", -3.74, 30.08),
		("Nyanza", -4.31, 29.65),
		("Rumonge", -3.97, 29.47),
		("Rutana", -3.93, 29.99),
	),
	"Butanyerera": (
		("Busoni", -2.50, 30.20),
		("Kayanza", -2.92, 29.63),
		("Kiremba", -2.80, 29.95),
		("Kirundo", -2.60, 30.10),
		("Matongo", -3.00, 29.60),
		("Muhanga", -3.05, 29.78),
		("Ngozi", -2.91, 29.83),
		("Tangara", -2.93, 30.05),
	),
	"Gitega": (
		("Bugendana", -3.20, 29.85),
		("Gishubi", -3.62, 29.88),
		("Gitega", -3.43, 29.93),
		("Karusi", -3.10, 30.16),
		("Kiganda", -3.33, 29.68),
		("Muramvya", -3.27, 29.61),
		("Mwaro", -3.51, 29.70),
		("Nyabihanga", -3.43, 29.72),
		("Shombo", -3.22, 30.02),
	),
}

PROVINCES = tuple(_CENTRES)
COMMUNES = tuple(Commune(province, *row) for province, rows in _CENTRES.items() for row in rows)
