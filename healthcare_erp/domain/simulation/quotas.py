"""How many sales to aim at on a day, so that the rows are used up on the last one and not before."""

from .journal import Journal
from .network import ROWS_PER_ORDER, Demand
from .trade import Trade

FILLING = 45  # days, of which nothing is learnt: shelves are being filled
MEMORY = 60  # days, over which the rows that a sale brings are averaged
LUCK_OF_TODAY = 0.1  # weight of a day in the mean share of customers who find what they want
LEAST_LUCK = 0.5


class Quotas:
	"""Divides the journal's room over the days: for each sale some rows go to the orders that it causes."""

	def __init__(self, weights: list[float], demand: Demand, journal: Journal, trade: Trade):
		self.weights, self.left = weights, sum(weights)
		self.journal, self.trade = journal, trade
		self.sales, self.others = demand.sales, demand.rows - demand.sales  # a day
		self.luck, self.seen = 1.0, (0, 0)

	def customers(self, day: int) -> int:
		"""How many to let in today."""
		weight = self.weights[day]
		first_orders = self.trade.first_orders * ROWS_PER_ORDER
		sales = max(0, self.journal.room - first_orders) / (1 + self.others / self.sales)
		self.seen = (self.journal.room, self.trade.sold)
		share = weight / self.left if self.left > weight else 1.0
		self.left -= weight
		return round(sales * share / max(self.luck, LEAST_LUCK))

	def learn(self, day: int, customers: int) -> None:
		"""What became of them, and what else was written today."""
		room, sold = self.seen
		sold = self.trade.sold - sold
		if day > FILLING:
			self.sales += (sold - self.sales) / MEMORY
			self.others += (room - self.journal.room - sold - self.others) / MEMORY
		if customers:
			self.luck += LUCK_OF_TODAY * (sold / customers - self.luck)
