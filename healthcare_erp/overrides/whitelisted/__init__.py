"""Methods of Frappe and ERPNext that answer beyond a user's scope: each is judged first, then Frappe's own is called."""
