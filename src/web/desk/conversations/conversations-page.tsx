import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams, useSearch } from "@tanstack/react-router";
import { buttonClass } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { LighthouseDrawing, QuietDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { useText } from "../text/use-text.ts";
import { completeFilter } from "./filter.ts";
import { FirstSteps, useNobodyYet } from "./first-steps.tsx";
import { ListPane } from "./list-pane.tsx";
import { countsQuery } from "./queries.ts";

/** List and conversation side by side; below 1024 px one of them. */
export function ConversationsPage() {
  const { t } = useText();
  const { id } = useParams({ strict: false });
  const isOpen = id !== undefined;
  return (
    <div className="flex h-full min-h-0">
      <ListPane className={classNames("w-full lg:w-82 lg:shrink-0", isOpen && "hidden lg:flex")} />
      <div className={classNames("min-w-0 flex-1", !isOpen && "hidden lg:block")}>
        {/* Below 1024 px the list with its heading is away. */}
        {isOpen && <h1 className="ear-only lg:hidden">{t("place.conversations")}</h1>}
        <Outlet />
      </div>
    </div>
  );
}

/** Beside the list, as long as no conversation is open. */
export function NothingChosen() {
  const { t } = useText();
  const filter = completeFilter(useSearch({ from: "/shell/conversations" }));
  const counts = useQuery(countsQuery).data;
  const isQuiet = counts !== undefined && counts.open === 0;
  const isNew = useNobodyYet(isQuiet);
  return (
    <div className="grid h-full place-items-center overflow-y-auto">
      {isNew ? (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("list.empty.all")}
          actions={<FirstSteps />}
        >
          {t("list.firstText")}
        </Statement>
      ) : isQuiet ? (
        <Statement
          drawing={<QuietDrawing className="w-[420px] max-w-full" />}
          title={t("list.quiet")}
          actions={
            <Link to="/conversations" search={{ view: "closed" }} className={buttonClass("secondary")}>
              {t("list.seeClosed")}
            </Link>
          }
        >
          {t("list.quietText")}
        </Statement>
      ) : (
        <Statement drawing={<LighthouseDrawing className="w-[270px] max-w-full" />} title={t("list.choose")}>
          {filter.view === "closed" ? t("list.chooseClosed") : t("list.chooseText")}
        </Statement>
      )}
    </div>
  );
}
