// The modules without a workspace of their own lead back to National Traceability.
const MODULES = [
	"Healthcare ERP",
	"Medicine Registry",
	"Pharmacy Supply",
	"Public Supply",
	"Healthcare Audit",
];

MODULES.forEach((module) => (frappe.breadcrumbs.module_map[module] = "Traceability"));
