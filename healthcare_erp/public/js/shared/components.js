// Vue components on the pages of the Desk.
import { createApp, h, shallowReactive } from "vue";

/** Mounts a component in an element. What is written into the props that it returns, is drawn. */
export function mount(component, element, given) {
	const props = shallowReactive(given);
	const app = createApp({ render: () => h(component, props) });
	window.SetVueGlobals(app); // `__` and `frappe`, as in Frappe's own components
	app.mount(element);
	return props;
}
