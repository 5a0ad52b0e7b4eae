// The flows as rows of a table: plain functions of plain data.
import { word } from "../shared/words";
import { is_hidden, node_label } from "./places";

/** A flow with the names of its ends, `places` by id; `hidden` says which of its figures nobody may tell. */
export function flow_row(edge, places) {
	const [from, to] = [places.get(edge.source), places.get(edge.target)];
	const row = {
		...edge,
		from: node_label(from),
		to: node_label(to),
		kind_text: word(edge.kind),
		hidden: { sent: is_hidden(from), received: is_hidden(to) },
	};
	const searched = [row.from, row.to, row.kind_text, edge.document, edge.source, edge.target];
	return { ...row, searched: searched.filter(Boolean).join(" ").toLowerCase() };
}

/** Rows whose names, type or document hold every one of the words. */
export function find_rows(rows, text) {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	return rows.filter((row) => words.every((one) => row.searched.includes(one)));
}

/** Rows in the order of a column; those without a value come last, or first where it goes down. */
export function sort_rows(rows, { key, down }) {
	return [...rows].sort((one, other) => (down ? -1 : 1) * compare(one[key], other[key]));
}

function compare(one, other) {
	if (one == null || other == null) return (one == null) - (other == null);
	return typeof one === "number" ? one - other : String(one).localeCompare(String(other));
}
