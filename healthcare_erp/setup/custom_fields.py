"""Fields that the app adds to other apps' DocTypes."""

# A level that no role holds: Frappe resets what a user sends (read_only alone does not bind the REST API).
SYSTEM_ONLY = 9

CUSTOM_FIELDS = {
	"Warehouse": [
		{
			"fieldname": "healthcare_facility_type",
			"label": "Facility Type",
			"fieldtype": "Link",
			"options": "DocType",
			"insert_after": "warehouse_type",
			"read_only": 1,
			"no_copy": 1,
			"module": "Traceability",
		},
		{
			"fieldname": "healthcare_facility",
			"label": "Facility",
			"fieldtype": "Dynamic Link",
			"options": "healthcare_facility_type",
			"insert_after": "healthcare_facility_type",
			"read_only": 1,
			"no_copy": 1,
			"search_index": 1,
			"module": "Traceability",
		},
		{
			"fieldname": "administrative_level",
			"label": "Administrative Level",
			"fieldtype": "Link",
			"options": "Administrative Level",
			"insert_after": "healthcare_facility",
			"read_only": 1,
			"no_copy": 1,
			"module": "Traceability",
		},
	],
	"User Permission": [
		{
			"fieldname": "healthcare_derived",
			"label": "Follows from a Territory",
			"description": "Made and removed by the system, so that a territory and a single facility give both.",
			"fieldtype": "Check",
			"insert_after": "for_value",
			"read_only": 1,
			"no_copy": 1,
			"permlevel": SYSTEM_ONLY,
			"module": "Healthcare ERP",
		},
	],
	"Sales Invoice": [
		{
			"fieldname": "national_ledger_recorded",
			"label": "Units Already in the National Ledger",
			"description": "The stock movements were recorded before this voucher: they are not counted twice.",
			"fieldtype": "Check",
			"insert_after": "update_stock",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"permlevel": SYSTEM_ONLY,
			"module": "Traceability",
		},
	],
	"Stock Entry": [
		{
			"fieldname": "national_ledger_recorded",
			"label": "Units Already in the National Ledger",
			"description": "The stock movements were recorded before this voucher: they are not counted twice.",
			"fieldtype": "Check",
			"insert_after": "stock_entry_type",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"permlevel": SYSTEM_ONLY,
			"module": "Traceability",
		},
	],
}
