from healthcare_erp.core.scope import SCOPED as _SCOPED
from healthcare_erp.domain.audit import LINKED as _LINKED
from healthcare_erp.domain.audit import REGISTERED as _AUDITED
from healthcare_erp.domain.fixed_fields import FIXED as _FIXED
from healthcare_erp.domain.fixed_fields import TIES as _TIES

app_name = "healthcare_erp"
app_title = "Healthcare ERP"
app_publisher = "healthcare_erp maintainers"
app_description = "National medicine registry, lot traceability and quality on Frappe and ERPNext"
app_email = "maintainers@healthcare-erp.example"
app_license = "mit"

# "organisation/app": Frappe resolves this form without asking the network
required_apps = ["frappe/erpnext", "frappe/hrms", "earthians/healthcare"]

export_python_type_annotations = True
require_type_annotated_api_methods = True

before_install = "healthcare_erp.install.before_install"
after_install = "healthcare_erp.install.after_install"
after_migrate = "healthcare_erp.install.after_migrate"
before_uninstall = "healthcare_erp.uninstall.before_uninstall"
after_uninstall = "healthcare_erp.uninstall.after_uninstall"
clear_cache = "healthcare_erp.core.guarantees.triggers.ensure_after_restore"
before_tests = "healthcare_erp.tests.setup.prepare_site"

app_include_js = "healthcare_erp.bundle.js"

extend_bootinfo = "healthcare_erp.overrides.frappe.boot.tell_desk"

# ERPNext's DocTypes that write Stock Ledger Entries; their locks come before their other events
_STOCK_VOUCHERS = (
	"Stock Entry",
	"Stock Reconciliation",
	"Purchase Receipt",
	"Purchase Invoice",
	"Subcontracting Receipt",
	"Delivery Note",
	"Sales Invoice",
	"POS Invoice",
	"Asset Capitalization",
)

# Frappe's DocTypes for what users attach to a document
_REMARKS = (
	"Comment",
	"Communication",
	"Discussion Topic",
	"DocShare",
	"Document Follow",
	"File",
	"Tag Link",
	"ToDo",
)

doc_events = {
	tuple(_FIXED): {"before_validate": "healthcare_erp.overrides.fixed_fields.check"},
	tuple(_TIES): {"before_rename": "healthcare_erp.overrides.fixed_fields.check_name"},
	_STOCK_VOUCHERS: {
		"before_validate": "healthcare_erp.overrides.erpnext.stock_voucher.lock_to_submit",
		"before_cancel": "healthcare_erp.overrides.erpnext.stock_voucher.lock_to_cancel",
	},
	"Stock Movement": {"before_save": "healthcare_erp.overrides.stock_movement.record"},
	"Stock Ledger Entry": {"on_submit": "healthcare_erp.overrides.erpnext.stock_ledger_entry.mirror"},
	"Stock Reconciliation": {
		"before_validate": "healthcare_erp.overrides.erpnext.stock_reconciliation.open_batches",
		"on_update": "healthcare_erp.overrides.erpnext.stock_reconciliation.close_batches",
		"on_submit": "healthcare_erp.overrides.erpnext.stock_reconciliation.mirror",
		"before_cancel": "healthcare_erp.overrides.erpnext.stock_reconciliation.open_batches",
		"on_cancel": "healthcare_erp.overrides.erpnext.stock_reconciliation.close_batches",
	},
	"Repost Item Valuation": {"on_change": "healthcare_erp.overrides.erpnext.repost_item_valuation.follow"},
	"POS Invoice": {
		"on_submit": "healthcare_erp.overrides.erpnext.pos_invoice.record",
		"on_cancel": "healthcare_erp.overrides.erpnext.pos_invoice.undo",
	},
	"POS Invoice Merge Log": {
		"before_submit": "healthcare_erp.overrides.erpnext.pos_invoice_merge_log.begin",
		"on_submit": "healthcare_erp.overrides.erpnext.pos_invoice_merge_log.end",
	},
	"Sales Invoice": {
		"before_validate": "healthcare_erp.overrides.erpnext.sales_invoice.put_batches_aside",
		"on_submit": "healthcare_erp.overrides.erpnext.sales_invoice.give_batches_back",
	},
	"Warehouse": {"on_update": "healthcare_erp.overrides.erpnext.warehouse.provide_lock"},
	"National Lot": {"after_insert": "healthcare_erp.overrides.national_lot.provision"},
	"National Medicine": {"on_update": "healthcare_erp.overrides.national_medicine.follow"},
	("Pharmacy", "Public Facility"): {
		"on_update": "healthcare_erp.overrides.facility.follow",
		# effects of their life cycle
		"provide_national_code": "healthcare_erp.overrides.facility.provide_national_code",
		"provide_warehouse": "healthcare_erp.overrides.facility.provide_warehouse",
	},
	"User Permission": {
		"on_update": "healthcare_erp.overrides.frappe.user_permission.follow",
		"after_delete": "healthcare_erp.overrides.frappe.user_permission.follow",
	},
	_REMARKS: {"before_validate": "healthcare_erp.overrides.whitelisted.remarks.refuse"},
	"Discussion Reply": {"before_validate": "healthcare_erp.overrides.whitelisted.remarks.refuse_reply"},
	"Auto Email Report": {"validate": "healthcare_erp.overrides.whitelisted.reports.check_recipient"},
	"User": {"before_rename": "healthcare_erp.overrides.frappe.user.keep_recorder"},
	_LINKED: {"before_rename": "healthcare_erp.overrides.audit.follow_name"},
	# last: what the handlers above have written belongs to the same entry
	_AUDITED: {
		**dict.fromkeys(
			("on_update", "on_submit", "on_cancel", "on_update_after_submit"),
			"healthcare_erp.overrides.audit.write_save",
		),
		"after_delete": "healthcare_erp.overrides.audit.write_delete",
		"before_rename": "healthcare_erp.overrides.audit.keep_name",
	},
}

# An entry of the trail does not keep its document from being deleted
ignore_links_on_delete = ["Audit Entry"]

# Methods that answer beyond a user's scope (docs/security.md) -> what replaces them, in overrides/whitelisted
_REPLACED = {
	"erpnext.accounts.doctype.pos_invoice.pos_invoice.get_stock_availability": "stock.answers.till_availability",
	"erpnext.assets.doctype.asset_capitalization.asset_capitalization.get_consumed_stock_item_details": "stock.planning.asset_items",
	"erpnext.assets.doctype.asset_capitalization.asset_capitalization.get_warehouse_details": "stock.planning.asset_warehouse",
	"erpnext.controllers.queries.get_batch_no": "stock.answers.find_batches",
	"erpnext.controllers.queries.warehouse_query": "stock.planning.find_warehouses",
	"erpnext.manufacturing.doctype.plant_floor.plant_floor.get_stock_summary": "stock.answers.floor_summary",
	"erpnext.manufacturing.doctype.production_plan.production_plan.download_raw_materials": "stock.planning.plan_file",
	"erpnext.manufacturing.doctype.production_plan.production_plan.get_bin_details": "stock.planning.plan_bins",
	"erpnext.manufacturing.doctype.production_plan.production_plan.get_items_for_material_requests": "stock.planning.plan_items",
	"erpnext.selling.page.point_of_sale.point_of_sale.get_items": "stock.answers.till_items",
	"erpnext.startup.leaderboard.get_all_items": "stock.planning.leading_items",
	"erpnext.stock.dashboard.item_dashboard.get_data": "stock.answers.item_dashboard",
	"erpnext.stock.dashboard.warehouse_capacity_dashboard.get_data": "stock.answers.capacity_dashboard",
	"erpnext.stock.dashboard_chart_source.warehouse_wise_stock_value.warehouse_wise_stock_value.get": "stock.answers.value_chart",
	"erpnext.stock.doctype.batch.batch.get_batch_qty": "stock.answers.batch_quantity",
	"erpnext.stock.doctype.batch.batch.get_batches_by_oldest": "stock.answers.oldest_batches",
	"erpnext.stock.doctype.batch.batch.get_pos_reserved_batch_qty": "stock.answers.reserved_batches",
	"erpnext.stock.doctype.putaway_rule.putaway_rule.apply_putaway_rule": "stock.planning.put_away",
	"erpnext.stock.doctype.putaway_rule.putaway_rule.get_available_putaway_capacity": "stock.planning.free_space",
	"erpnext.stock.doctype.quick_stock_balance.quick_stock_balance.get_stock_item_details": "stock.answers.quick_balance",
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.get_auto_data": "stock.answers.bundle_entries",
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.get_serial_batch_ledgers": "stock.answers.bundle_ledgers",
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.update_serial_or_batch": "stock.planning.add_to_bundle",
	"erpnext.stock.doctype.serial_no.serial_no.auto_fetch_serial_number": "stock.answers.fetched_serials",
	"erpnext.stock.doctype.serial_no.serial_no.get_pos_reserved_serial_nos": "stock.answers.reserved_serials",
	"erpnext.stock.doctype.stock_entry.stock_entry.get_expired_batch_items": "stock.planning.expired_batches",
	"erpnext.stock.doctype.stock_entry.stock_entry.get_warehouse_details": "stock.answers.entry_warehouse",
	"erpnext.stock.doctype.stock_entry.stock_entry.validate_sample_quantity": "stock.planning.check_sample",
	"erpnext.stock.doctype.stock_reconciliation.stock_reconciliation.get_items": "stock.answers.count_items",
	"erpnext.stock.doctype.stock_reconciliation.stock_reconciliation.get_stock_balance_for": "stock.answers.count_balance",
	"erpnext.stock.get_item_details.get_batch_qty": "stock.answers.batch_of_item",
	"erpnext.stock.get_item_details.get_bin_details": "stock.answers.bin_details",
	"erpnext.stock.get_item_details.get_item_details": "stock.answers.item_details",
	"erpnext.stock.get_item_details.get_projected_qty": "stock.answers.projected",
	"erpnext.stock.get_item_details.get_serial_no": "stock.answers.serial_numbers",
	"erpnext.stock.get_item_details.get_valuation_rate": "stock.answers.valuation",
	"erpnext.stock.utils.get_incoming_rate": "stock.answers.incoming_rate",
	"erpnext.stock.utils.get_latest_stock_qty": "stock.answers.latest_quantity",
	"erpnext.stock.utils.get_stock_balance": "stock.answers.balance",
	"frappe.client.get": "lists.get_document",
	"frappe.client.get_count": "lists.get_count",
	"frappe.client.get_list": "lists.get_list",
	"frappe.client.get_value": "lists.get_value",
	"frappe.client.is_document_amended": "lists.amended",
	"frappe.client.validate_link": "lists.validate_link",
	"frappe.core.doctype.prepared_report.prepared_report.make_prepared_report": "reports.prepare",
	"frappe.desk.calendar.get_events": "lists.events",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "charts.get_chart",
	"frappe.desk.doctype.number_card.number_card.get_result": "charts.get_number",
	"frappe.desk.doctype.tag.tag.add_tag": "remarks.add_tag",
	"frappe.desk.doctype.tag.tag.add_tags": "remarks.add_tags",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "lists.tagged",
	"frappe.desk.doctype.tag.tag.remove_tag": "remarks.remove_tag",
	"frappe.desk.form.linked_with.get": "lists.get_linked",
	"frappe.desk.form.linked_with.get_submitted_linked_docs": "lists.get_submitted",
	"frappe.desk.form.load.getdoc": "lists.load_document",
	"frappe.desk.form.utils.get_next": "lists.next_document",
	"frappe.desk.like.toggle_like": "remarks.toggle_like",
	"frappe.desk.listview.get_group_by_count": "lists.get_group_by_count",
	"frappe.desk.notifications.get_open_count": "lists.get_open_count",
	"frappe.desk.query_report.export_query": "reports.export",
	"frappe.desk.query_report.get_data_for_custom_field": "lists.custom_field",
	"frappe.desk.query_report.run": "reports.run",
	"frappe.desk.reportview.export_query": "lists.view_export",
	"frappe.desk.reportview.get": "lists.view",
	"frappe.desk.reportview.get_count": "lists.view_count",
	"frappe.desk.reportview.get_filter_dashboard_data": "lists.filter_dashboard",
	"frappe.desk.reportview.get_list": "lists.view_list",
	"frappe.desk.reportview.get_sidebar_stats": "lists.sidebar_stats",
	"frappe.desk.reportview.get_stats": "lists.view_stats",
	"frappe.desk.search.get_link_title": "search.get_link_title",
	"frappe.desk.search.search_link": "search.search_link",
	"frappe.desk.search.search_widget": "search.search_widget",
	"frappe.geo.utils.get_coords": "lists.coordinates",
	"frappe.templates.includes.comments.comments.add_comment": "remarks.add_web_comment",
	"frappe.templates.includes.likes.likes.like": "remarks.like_page",
	"frappe.utils.global_search.search": "lists.search_everything",
	"frappe.utils.goal.get_monthly_goal_graph_data": "lists.goal",
	"frappe.utils.nestedset.rebuild_tree": "lists.rebuild_tree",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": "lists.states",
	"healthcare.healthcare.doctype.patient_encounter.patient_encounter.get_medications_query": "stock.planning.find_medications",
}

override_whitelisted_methods = {
	"erpnext.stock.doctype.batch.batch.split_batch": "healthcare_erp.overrides.erpnext.batch.split_batch",
	**{method: f"healthcare_erp.overrides.whitelisted.{ours}" for method, ours in _REPLACED.items()},
}
auth_hooks = ["healthcare_erp.overrides.whitelisted.request.judge"]
override_doctype_class = {
	"Auto Email Report": "healthcare_erp.overrides.whitelisted.auto_email_report.ScopedAutoEmailReport",
}

before_request = ["healthcare_erp.overrides.frappe.requests.refuse_unreadable"]
after_request = ["healthcare_erp.overrides.frappe.requests.name_refusal"]

# ERPNext's rows and documents of stock, and the rows of those
_STOCK_ROWS = (
	"Bin",
	"Serial and Batch Bundle",
	"Serial and Batch Entry",
	"Stock Entry",
	"Stock Entry Detail",
	"Stock Ledger Entry",
	"Stock Reconciliation",
	"Stock Reconciliation Item",
	"Stock Reservation Entry",
)

permission_query_conditions = {
	**dict.fromkeys(_SCOPED, "healthcare_erp.core.permissions.query_conditions"),
	**dict.fromkeys(_STOCK_ROWS, "healthcare_erp.overrides.whitelisted.stock.documents.conditions"),
	"Prepared Report": "healthcare_erp.overrides.whitelisted.reports.prepared_report_conditions",
}
has_permission = {
	**dict.fromkeys(_SCOPED, "healthcare_erp.core.permissions.has_document_permission"),
	**dict.fromkeys(_STOCK_ROWS, "healthcare_erp.overrides.whitelisted.stock.documents.has_permission"),
	"Prepared Report": "healthcare_erp.overrides.whitelisted.reports.has_prepared_report_permission",
}

scheduler_events = {
	"all": ["healthcare_erp.tasks.number_events"],
	"hourly": ["healthcare_erp.tasks.close_batches"],
	"daily": ["healthcare_erp.tasks.expire_lots", "healthcare_erp.tasks.check_guarantees"],
	"daily_long": ["healthcare_erp.tasks.verify_books"],
}
