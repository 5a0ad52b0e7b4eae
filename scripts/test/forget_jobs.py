"""forget_jobs.py SITE…: take out of the bench's queues what these sites, and those that are gone, left there.

Nobody waits for it, and a worker would do it first. A job of a dropped site that ran when its worker was killed even
ends each worker that tidies up after it. Runs in the bench's folder of sites; the last site exists.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import frappe
from frappe.utils.background_jobs import get_queues
from rq import Queue
from rq.job import Job


def forget(queue: Queue, named: Iterable[str]) -> None:
	waiting, running = queue.get_job_ids(), queue.started_job_registry
	kept = queue.connection.zrange(running.key, 0, -1)  # the registry's own list would tidy up first
	for jobs, names in ((queue, waiting), (running, [name.decode() for name in kept])):
		for name in names:
			site, _, _ = name.partition("::")
			if site in named or not Path(site).is_dir():
				jobs.remove(name)
				queue.connection.delete(Job.key_for(name))


frappe.init(sys.argv[-1])
for queue in get_queues():
	forget(queue, sys.argv[1:])
