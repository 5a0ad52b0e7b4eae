// What every page of the Desk may need of the app.
import "./desk/breadcrumbs";
import "./desk/corrections";
import "./desk/lots";
import "./desk/ledger_rows";
import "./desk/facilities";
import "./desk/number_cards";
import "./desk/visible_part";
