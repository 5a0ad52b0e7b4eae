// What the forms, lists and reports of the workspace National Traceability have in common.
import { draw_facility, zoom_to_country } from "./national_traceability/facilities";
import * as lots from "./national_traceability/lots";
import * as movements from "./national_traceability/movements";
import { watch_pages } from "./national_traceability/visible_part";
import { escape, pill } from "./shared/html";
import { draw_regulated } from "./shared/regulated_document";
import { moment_text, number } from "./shared/site";
import { lot_bulk_actions, status_indicator } from "./shared/tables";

healthcare_erp.national_traceability = {
	...lots,
	...movements,
	draw_facility,
	draw_regulated,
	escape,
	lot_bulk_actions,
	moment_text,
	number,
	pill,
	status_indicator,
	zoom_to_country,
};

watch_pages();
