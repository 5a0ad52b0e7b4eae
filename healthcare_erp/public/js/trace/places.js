// The places of a trace: what they are called, and which of them the user sees.

// The ends of the chain that are no facility.
const OUTSIDE = {
	"outside:origin": () => __("Import"),
	"outside:patients": () => __("Patients"),
	"outside:destroyed": () => __("Destroyed"),
	"outside:corrections": () => __("Corrections"),
	"outside:elsewhere": () => __("Unnamed party"),
};

export function node_label(node) {
	return OUTSIDE[node.id] ? OUTSIDE[node.id]() : node.label;
}

export function province_label(province) {
	return province || __("No province");
}

// Whether a place lies outside the user's scope: nobody tells what it holds.
export function is_hidden(node) {
	return node?.visible === false;
}

// Whether the user has no scope, and so sees no place at all.
export function sees_nothing({ scope }) {
	return !scope.all && !scope.granted.length;
}

export function not_visible() {
	return __("not visible to you");
}
