import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

export default defineConfig({
	plugins: [vue()],
	resolve: {
		alias: { "@desk": new URL("./healthcare_erp/public/js", import.meta.url).pathname },
	},
	test: {
		include: ["healthcare_erp/tests/js/**/*.test.js"],
		setupFiles: ["healthcare_erp/tests/js/desk.js"],
	},
});
