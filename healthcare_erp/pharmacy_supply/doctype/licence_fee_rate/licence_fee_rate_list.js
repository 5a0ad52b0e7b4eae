healthcare_erp.list_settings(
	"Licence Fee Rate",
	"national_traceability",
	{ add_fields: ["status"] },
	({ status_indicator }) => ({ get_indicator: status_indicator })
);
