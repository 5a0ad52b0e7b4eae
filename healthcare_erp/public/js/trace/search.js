// The box into which a lot is typed or scanned.
import { escape } from "../shared/html";
import { word } from "../shared/words";

const SEPARATOR = "\x1d"; // FNC1 within a GS1 symbol; keyboard scanners send it as Ctrl+]
const GTIN_AND_LOT = /^(\d{8}|\d{12,14})[\s+,;]+(\S+)$/;

// A typed `GTIN lot` in GS1's own form; anything else is left as it is.
export function as_code(text) {
	const code = text.replace(/^[ \t]+|[ \t]+$/g, "");
	const found = GTIN_AND_LOT.exec(code);
	return found ? `(01)${found[1].padStart(14, "0")}(10)${found[2]}` : code;
}

export class SearchBox {
	constructor($parent, on_search) {
		this.$form = $(this.html()).appendTo($parent);
		this.$input = this.$form.find("input");
		this.$form.on("submit", (event) => {
			event.preventDefault();
			const code = as_code(this.$input.val());
			if (code) on_search(code);
		});
		this.$input.on("keydown", (event) => this.take_separator(event));
	}

	html() {
		const label = escape(__("Lot, batch, or scanned code"));
		return `<form class="trace-search" role="search">
			<input type="text" class="form-control" aria-label="${label}" placeholder="${label}" autofocus
				autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search">
			<button type="submit" class="btn btn-primary">${escape(__("Trace"))}</button>
		</form>`;
	}

	take_separator(event) {
		if (!event.ctrlKey || event.key !== "]") return;
		event.preventDefault();
		const input = this.$input[0];
		input.setRangeText(SEPARATOR, input.selectionStart, input.selectionEnd, "end");
	}

	// Shows a code, marked, so that the next scan replaces it.
	set(code) {
		this.$input.val(code);
		this.focus();
	}

	focus() {
		this.$input.trigger("focus").trigger("select");
	}
}

// Lots to choose from, as links to their traces.
export function lot_links(lots) {
	const rows = lots.map(
		(lot) => `<li><a href="/app/trace/${encodeURIComponent(lot.name)}">
			<strong>${escape(lot.lot_number)}</strong> ${escape(lot.medicine_title || "")}
			<span class="text-muted">${escape(word(lot.status))}</span></a></li>`
	);
	return `<ul class="trace-lots list-unstyled">${rows.join("")}</ul>`;
}
