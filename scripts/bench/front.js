// node front.js PORT SITE WEB REALTIME: one address on this machine for Desk and its realtime server, as nginx is in
// production. Both listen on Unix sockets (WEB, REALTIME), so that no other port is open.
const http = require("node:http");
const net = require("node:net");

const [port, site, web, realtime] = process.argv.slice(2);
const here = `127.0.0.1:${port}`;

function is_realtime(request) {
	return request.url.startsWith("/socket.io/");
}

// A page of another origin may not listen in as the user who is signed in here.
function is_foreign({ headers: { origin, host } }) {
	return origin !== undefined && origin.split("://")[1] !== host;
}

function web_headers({ headers, socket }) {
	return { ...headers, "x-forwarded-for": socket.remoteAddress };
}

// The realtime server asks the origin who is signed in. Node resolves *.localhost on few machines: it gets the address.
function realtime_headers({ headers }) {
	return { ...headers, host: here, origin: `http://${here}`, "x-frappe-site-name": site };
}

// Each request has a connection of its own, for idle ones are closed without a word; this end closes it, for a server
// that did it first would break the end of the request.
function pass_on(request, response) {
	const [socketPath, addressed] = is_realtime(request)
		? [realtime, realtime_headers(request)]
		: [web, web_headers(request)];
	const headers = { ...addressed, connection: "keep-alive" };
	const { method, url: path } = request;
	const onward = http.request({ socketPath, method, path, headers, agent: false });
	onward.on("response", (answer) => {
		const kept = { ...answer.headers };
		delete kept.connection;
		response.writeHead(answer.statusCode, answer.statusMessage, kept);
		answer.pipe(response);
	});
	onward.on("error", (error) => {
		if (response.headersSent) response.destroy();
		else response.writeHead(502).end(`${error.message}\n`);
	});
	response.on("close", () => onward.destroy());
	request.pipe(onward);
}

function join_websocket(request, socket, head) {
	const onward = net.connect(realtime, () => {
		const headers = Object.entries(realtime_headers(request)).map(
			([name, value]) => `${name}: ${value}\r\n`
		);
		onward.write(`GET ${request.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
		onward.write(head);
		socket.pipe(onward).pipe(socket);
	});
	socket.on("error", () => onward.destroy());
	onward.on("error", () => socket.destroy());
}

const server = http.createServer((request, response) => {
	if (is_realtime(request) && is_foreign(request)) response.writeHead(403).end();
	else pass_on(request, response);
});
server.on("upgrade", (request, socket, head) => {
	if (!is_realtime(request) || is_foreign(request)) socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
	else join_websocket(request, socket, head);
});
server.listen(port, "127.0.0.1");
