"""A small supply chain with one gap in it, made over the web API."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from healthcare_erp.tests.browser.rest import Client, gtin, word

EXPIRES_IN_DAYS = 20


@dataclass(frozen=True)
class Chain:
	"""Import 1000 → wholesaler; 300 → retailer, who sold 25; 100 → health center, who confirmed 90."""

	province: str
	medicine: dict
	lot: dict
	wholesaler: dict
	retailer: dict
	health_center: dict

	@property
	def gs1(self) -> str:
		"""As a DataMatrix holds it: the serial number's field ends at a separator (ASCII 29)."""
		return f"01{self.medicine['gtin']}21SN1\x1d10{self.lot['lot_number']}"


def make_chain(api: Client) -> Chain:
	province = api.make("Administrative Level", level_name=f"Province {word()}", level="Province")["name"]
	medicine = make_medicine(api, gtin=gtin())
	wholesaler = _pharmacy(api, province, "Wholesaler")
	retailer = _pharmacy(api, province, "Retailer")
	health_center = api.facility(
		"Public Facility",
		facility_name=f"CDS {word()}",
		public_facility_type="Health Center",
		administrative_level=province,
	)
	lot = make_lot(api, medicine["name"], word(), importer=wholesaler["name"])
	chain = Chain(province, medicine, lot, wholesaler, retailer, health_center)
	api.record(*_movements(chain))
	return chain


def site_today() -> date:
	"""The site's, whatever the hour is where the tests run."""
	return datetime.now(ZoneInfo("Africa/Bujumbura")).date()


def make_lot(api: Client, medicine: str, lot_number: str, **values) -> dict:
	expiry_date = site_today() + timedelta(days=EXPIRES_IN_DAYS)
	return api.make(
		"National Lot",
		national_medicine=medicine,
		lot_number=lot_number,
		expiry_date=expiry_date.isoformat(),
		quantity_imported=1000,
		**values,
	)


def make_medicine(api: Client, **values) -> dict:
	defaults = {
		"brand_name": f"Amoxil {word()}",
		"inn": "Amoxicillin",
		"atc_code": "J01CA04",
		"dosage_form": "Capsule",
		"strength": "500 mg",
		"pack": "B/100",
		"registration_number": word(),
		"authorised_price": 100,
	}
	return api.make("National Medicine", **(defaults | values))


def _pharmacy(api: Client, province: str, kind: str) -> dict:
	name = f"{kind} {word()}"
	return api.facility("Pharmacy", facility_name=name, pharmacy_type=kind, administrative_level=province)


def _movements(chain: Chain) -> list[dict]:
	wholesaler = ("Pharmacy", chain.wholesaler["name"])
	retailer = ("Pharmacy", chain.retailer["name"])
	health_center = ("Public Facility", chain.health_center["name"])
	lot = chain.lot["name"]
	return [
		_movement(lot, "Import", 1000, wholesaler),
		_movement(lot, "B2B Out", 300, wholesaler, retailer, "BL-1"),
		_movement(lot, "B2B In", 300, retailer, wholesaler, "BL-1"),
		_movement(lot, "B2B Out", 100, wholesaler, health_center, "BL-2"),
		_movement(lot, "B2B In", 90, health_center, wholesaler, "BL-2"),
		_movement(lot, "Sale", 25, retailer),
	]


def _movement(lot: str, movement_type: str, quantity: int, facility, counterparty=None, note=None) -> dict:
	movement = {
		"national_lot": lot,
		"movement_type": movement_type,
		"quantity": quantity,
		"facility_type": facility[0],
		"facility": facility[1],
	}
	if counterparty:
		movement |= {"counterparty_type": counterparty[0], "counterparty": counterparty[1]}
		movement |= {"reference_doctype": "Delivery Note", "reference_name": note}
	return movement
