// What every page of the Desk loads of the app: the way to its bundles, and what no bundle could come in time for.
import "./loader/bundles";
import "./loader/breadcrumbs";
import "./loader/number_cards";
import "./loader/workspaces";
