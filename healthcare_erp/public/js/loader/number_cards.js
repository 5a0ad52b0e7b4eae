// The app's number cards show the text that the server gives, digit by digit as the list behind them.
const { number_card: NumberCard } = frappe.widget.widget_factory;

frappe.widget.widget_factory.number_card = class extends NumberCard {
	get_number_for_custom_card(answer) {
		if (!answer?.text) return super.get_number_for_custom_card(answer);
		this.number = answer.value;
		this.formatted_number = frappe.utils.escape_html(answer.text);
	}
};
