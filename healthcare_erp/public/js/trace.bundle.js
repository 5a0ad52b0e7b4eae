// The Desk page "Trace": where a lot has been and who holds it.
import { TracePage } from "./trace/page";

healthcare_erp.trace = { TracePage };
