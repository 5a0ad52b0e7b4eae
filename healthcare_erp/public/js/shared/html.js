// Texts as HTML.

const ENTITIES = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
	"`": "&#x60;",
};

export function escape(value) {
	return String(value ?? "").replace(/[&<>"'`]/g, (letter) => ENTITIES[letter]);
}

/** A pill in one of the Desk's colours; `title` is read by whoever points at it. */
export function pill(text, colour, title = "") {
	return `<span class="indicator-pill no-indicator-dot ${colour}" title="${escape(
		title
	)}">${escape(text)}</span>`;
}
