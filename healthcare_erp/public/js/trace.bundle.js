// The Desk page "Trace": where a lot has been and who holds it.
import { TracePage } from "./trace/page";
import { Drawing } from "./trace/drawing";

frappe.provide("healthcare_erp.trace");
Object.assign(healthcare_erp.trace, { TracePage, Drawing });
