import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { buttonClass } from "../../ui/button.tsx";
import { useText } from "../text/use-text.ts";
import { completeFilter } from "./filter.ts";
import { listQuery } from "./queries.ts";

/** Has nobody ever written to this company? Then nothing is "answered"; it has yet to begin. @param isQuiet else nothing is asked */
export function useNobodyYet(isQuiet: boolean): boolean {
  const all = useInfiniteQuery({ ...listQuery(completeFilter({ view: "all" })), enabled: isQuiet });
  return isQuiet && all.data?.pages[0]?.items.length === 0;
}

/** What brings the first customers. */
export function FirstSteps() {
  const { t } = useText();
  return (
    <>
      <Link to="/settings/channels" className={buttonClass("primary")}>
        {t("list.toChannels")}
      </Link>
      <Link to="/knowledge" className={buttonClass("secondary")}>
        {t("list.toKnowledge")}
      </Link>
    </>
  );
}
