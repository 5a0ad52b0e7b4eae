// What is told of a place and of a flow: rows of `{term, value, alarm}`.
import { moment_text, number } from "../shared/site";
import { is_hidden, not_visible } from "./places";

export function node_amounts(node) {
	if (is_hidden(node)) return [row(__("On hand"), not_visible())];
	const rows = [
		row(__("In", null, "Stock Movement"), number(node.quantity_in)),
		row(__("Out", null, "Stock Movement"), number(node.quantity_out)),
	];
	if (!node.outside) rows.push(row(__("On hand"), number(node.on_hand)));
	return rows;
}

export function edge_amounts(edge) {
	const rows = [
		row(__("Quantity"), number(edge.quantity)),
		row(__("Sent"), known(edge.sent)),
		row(__("Received"), known(edge.received)),
	];
	if (edge.unconfirmed) rows.push(row(__("Not confirmed"), number(edge.unconfirmed), true));
	if (edge.unsent) rows.push(row(__("Received, but not sent"), number(edge.unsent), true));
	return [
		...rows,
		row(__("Movements"), number(edge.movements)),
		row(__("Documents"), number(edge.documents)),
		row(__("First"), moment_text(edge.first_at)),
		row(__("Last"), moment_text(edge.last_at)),
	];
}

function row(term, value, alarm = false) {
	return { term, value, alarm };
}

function known(value) {
	return value == null ? "–" : number(value);
}
