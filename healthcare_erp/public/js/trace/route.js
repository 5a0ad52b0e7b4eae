// The address of a trace: /app/trace/<code>[/<direction>/<node>].

const DIRECTIONS = ["forward", "backward"];

/** What the parts after the page's name ask for. A code may hold slashes (a GS1 Digital Link does). */
export function read_route(parts) {
	const [direction, facility] = parts.slice(-2);
	if (parts.length > 2 && DIRECTIONS.includes(direction) && facility.includes(":")) {
		return { code: parts.slice(0, -2).join("/"), direction, facility };
	}
	return { code: parts.join("/"), direction: undefined, facility: undefined };
}
