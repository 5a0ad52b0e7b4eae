"""How often a method may be called from one address: Frappe's limit, with an address that the client does not choose."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from ipaddress import ip_address, ip_network

import frappe
from frappe.rate_limiter import rate_limit


def limited(limit: int, seconds: int) -> Callable:
	"""At most `limit` calls in `seconds` from one address, on whatever route (decorator).

	Put it on what runs once the caller is known to be allowed: a refused call then counts for nothing.
	"""

	def decorate(method: Callable) -> Callable:
		counted = rate_limit(limit=limit, seconds=seconds)(method)

		@wraps(method)
		def asked(*args, **kwargs):
			with _counted_as(f"{method.__module__}.{method.__name__}"):
				return counted(*args, **kwargs)

		return asked

	return decorate


def client_address() -> str:
	"""Where a request comes from: the connection's own address or, where that is one of the site's `trusted_proxies`
	(addresses or networks, in site_config.json), the last one in X-Forwarded-For that is none of them."""
	address = frappe.request.remote_addr or "unknown"
	forwarded = [part.strip() for part in frappe.request.headers.get("X-Forwarded-For", "").split(",")]
	while forwarded and _is_trusted(address) and _is_address(forwarded[-1]):
		address = forwarded.pop()
	return address


@contextmanager
def _counted_as(name: str) -> Iterator[None]:
	"""Frappe counts by `request_ip`, which the client may choose, and by `cmd`, which its second API leaves out."""
	if not frappe.request:
		yield
		return
	local = frappe.local
	before = local.request_ip, local.form_dict.get("cmd")
	local.request_ip, local.form_dict.cmd = client_address(), name
	try:
		yield
	finally:
		local.request_ip, local.form_dict.cmd = before


def _is_trusted(address: str) -> bool:
	proxies = frappe.conf.get("trusted_proxies") or []
	return _is_address(address) and any(
		ip_address(address) in ip_network(proxy, strict=False) for proxy in proxies
	)


def _is_address(text: str) -> bool:
	try:
		ip_address(text)
	except ValueError:
		return False
	return True
