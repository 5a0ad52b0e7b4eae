// Places and flows as the server sends them.

export function place(name, values = {}) {
	return {
		id: `Pharmacy:${name}`,
		label: `Pharmacy ${name}`,
		facility_type: "Pharmacy",
		facility: name,
		kind: "Retailer",
		province: "Gitega",
		outside: false,
		visible: true,
		quantity_in: 100,
		quantity_out: 40,
		on_hand: 60,
		...values,
	};
}

export function outside(id, values = {}) {
	return {
		id: `outside:${id}`,
		outside: true,
		quantity_in: 0,
		quantity_out: 0,
		on_hand: 0,
		...values,
	};
}

export function flow(source, target, values = {}) {
	return {
		source,
		target,
		kind: "Transfer",
		quantity: 10,
		sent: 10,
		received: 10,
		unconfirmed: 0,
		movements: 2,
		document: "BL-1",
		document_type: "B2B Order",
		first_at: "2026-01-01 08:00:00",
		last_at: "2026-01-02 09:30:00",
		...values,
	};
}
