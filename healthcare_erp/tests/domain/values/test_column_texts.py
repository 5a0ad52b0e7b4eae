"""What a client writes where a query takes columns: what the Desk sends passes, what could be a query does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.values import column_texts

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,20}", fullmatch=True)
TABLES = st.sampled_from(["Item", "Stock Movement", "Non-Conformance", "Credit Union"])
QUERY = "select max(quantity) from `tabStock Movement`"
DESK = (
	"",
	"*",
	"name",
	"`name`",
	"name as value",
	"`tabItem`.*",
	"`tabItem`.`_user_tags`",
	"`tabStock Movement_2`.`quantity`",
	"importer.gln as gln",
	"items.item_code",
	"count(name) as total_count",
	"count(distinct `tabItem`.name) as total_count",
	"Sum(`tabItem`.`idx`) AS _aggregate_column",
	"count(*)",
	"distinct parent",
	"_aggregate_column desc",
	"`tabItem`.`modified` desc, `tabItem`.creation ASC",
	"is_folder desc, modified desc",
	"ifnull(`tabItem`.`disabled`, 0) asc",
	"timestamp(posting_date, posting_time) desc",
	"'Docstatus' as x",
	"name as 'Stock Entry Detail:name'",
	"name, item_name,owner",
	"select",
	"KEEP_DEFAULT_ORDERING",
)
REFUSED = (
	f"greatest(idx,({QUERY}))",
	f"ifnull(idx,({QUERY}))",
	"greatest(idx,(/*!50000select*/ count(*) from __Auth)) as x",
	"greatest(idx,(/*M!50000select*/ 1)) as x",
	"greatest(idx,(/*!100100select*/ 1)) as x",
	"greatest(idx,(values(5))) as x",
	"greatest(idx,(with z as (table `tabStock Movement`) table z)) as x",
	"count((table `tabStock Movement`))",
	"idx+(/*!50000select*/ 1) as x",
	"name`,(/*!50000select*/ 1) as `x",
	"if((/*!50000select*/ 1)=1,name,creation) asc",
	"name -- x",
	"name # x",
	"name; x",
	"name/**/as x",
	"name desc limit 1",
	"name from `tabUser`",
	"mysql.user.password",
	"sleep(5)",
	"load_file('/etc/passwd')",
	"benchmark(1, name)",
	"@@version",
	"name as x y",
	"'a' or 'a'",
	"'it\\' as x",
	"(name)",
	"name,",
	"0x41 + 1",
)


class TestColumns:
	@pytest.mark.parametrize("text", DESK)
	def test_what_the_desk_sends_is_columns(self, text):
		assert column_texts.names_columns(text)

	@pytest.mark.parametrize("text", REFUSED)
	def test_what_could_be_a_query_is_not(self, text):
		assert not column_texts.names_columns(text)

	@given(st.lists(st.tuples(TABLES, NAMES, NAMES), min_size=1, max_size=5))
	def test_any_field_of_any_table_may_be_counted_named_and_sorted_by(self, fields):
		named = ", ".join(f"count(`tab{table}`.`{field}`) as {alias}" for table, field, alias in fields)
		ordered = ",".join(f"`tab{table}`.{field} desc" for table, field, _alias in fields)
		assert column_texts.names_columns(named) and column_texts.names_columns(ordered)

	@given(
		st.sampled_from(DESK[1:]), st.sampled_from(["/*", "--", "#", ";", "@", "||", "\\", "("]), st.data()
	)
	def test_no_sign_of_a_query_is_taken_wherever_it_stands(self, text, sign, data):
		place = data.draw(st.integers(0, len(text)))
		assert not column_texts.names_columns(text[:place] + sign + text[place:])

	@given(st.text(alphabet="(),`'* .as0", max_size=40))
	def test_parentheses_hold_no_parentheses(self, text):
		depth, deepest = 0, 0
		for letter in text:
			depth += {"(": 1, ")": -1}.get(letter, 0)
			deepest = max(deepest, depth)
		assert not (deepest > 1 and column_texts.names_columns(text))

	def test_no_text_is_too_long_to_be_judged(self):
		assert not column_texts.names_columns("a," * column_texts.LONGEST + "a")


class TestOtherTexts:
	@pytest.mark.parametrize(
		"text", ["Item Group", "Group by Voucher (Consolidated)", "select", "Selected", "a.select"]
	)
	def test_a_report_groups_by_words(self, text):
		assert not column_texts.may_hold_a_query(text)

	@pytest.mark.parametrize(
		"text", ["(/*!50000select*/ 1)", "1 union x", "(table x)", "( values(5))", "50000select x"]
	)
	def test_a_query_among_words_is_found(self, text):
		assert column_texts.may_hold_a_query(text)

	def test_a_filter_has_no_bare_conditions(self):
		assert all(
			map(column_texts.is_part_of_a_filter, ("name", "=", ">=", "not in", "like", "%x%", "2024-01-01"))
		)
		for text in ("name is not null", "1=1 or 1", "idx||1", "greatest(1,2)", "1) or (1"):
			assert not column_texts.is_part_of_a_filter(text)

	def test_tables_are_named_in_backticks(self):
		assert column_texts.tables_in("`tabCredit Union`.`name`, tabItem.name") == ["Credit Union"]
