import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef } from "react";
import type { Conversation } from "#kernel/api";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { QuietDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { type Command, useCommands } from "../shell/commands.ts";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { FirstSteps, useNobodyYet } from "./first-steps.tsx";
import { ListRow } from "./list-row.tsx";
import { type Filter, listQuery } from "./queries.ts";
import { useSeen } from "./use-seen.ts";

/** One list: loads on as it is scrolled, one tab stop, arrows and J/K move. */
export function ConversationList({ filter }: { filter: Filter }) {
  const { t } = useText();
  const list = useInfiniteQuery(listQuery(filter));
  const { id } = useParams({ strict: false });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const more = useSeen(() => void list.fetchNextPage(), list.hasNextPage && !list.isFetchingNextPage);
  useMoves(rows, id);
  if (list.isPending) return <Waiting rows={6} label={t("list.loading")} />;
  if (list.error && rows.length === 0) {
    return <Failure error={list.error} title={t("list.notLoaded")} retry={() => void list.refetch()} />;
  }
  if (rows.length === 0) return <EmptyList filter={filter} />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Rows rows={rows} chosen={id} />
      {list.hasNextPage && (
        <div ref={more} className="p-4 text-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("list.more")}
          </Button>
        </div>
      )}
      {!list.hasNextPage && (
        <p className="p-4 text-center text-small text-ink-3">{t("list.end", { count: rows.length })}</p>
      )}
    </div>
  );
}

function Rows({ rows, chosen }: { rows: readonly Conversation[]; chosen: number | undefined }) {
  const { t } = useText();
  const tabStop = rows.some((row) => row.id === chosen) ? chosen : rows[0]?.id;
  return (
    <ul aria-label={t("place.conversations")} onKeyDown={moveFocus}>
      {rows.map((row) => (
        <ListRow
          key={row.id}
          conversation={row}
          isChosen={row.id === chosen}
          isTabStop={row.id === tabStop}
        />
      ))}
    </ul>
  );
}

/** Arrows, Home and End walk through the rows without opening them. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  links[Math.max(0, Math.min(links.length - 1, target))]?.focus();
}

/** J and K open the next and the previous conversation. */
function useMoves(rows: readonly Conversation[], chosen: number | undefined): void {
  const { t } = useText();
  const navigate = useNavigate();
  const latest = useRef({ rows, chosen });
  latest.current = { rows, chosen };
  const commands = useMemo<Command[]>(() => {
    const go = (step: number) => {
      const { rows: now, chosen: from } = latest.current;
      const at = now.findIndex((row) => row.id === from);
      const next = now[at < 0 ? 0 : at + step];
      if (!next) return;
      void navigate({ to: "/conversations/$id", params: { id: next.id }, search: (kept) => kept });
      document.querySelector(`[data-row="${next.id}"]`)?.scrollIntoView({ block: "nearest" });
    };
    return [
      {
        id: "next",
        group: "conversation",
        label: t("list.next"),
        icon: ArrowDown,
        keys: ["j"],
        isHidden: true,
        run: () => go(1),
      },
      {
        id: "previous",
        group: "conversation",
        label: t("list.previous"),
        icon: ArrowUp,
        keys: ["k"],
        isHidden: true,
        run: () => go(-1),
      },
    ];
  }, [t, navigate]);
  useCommands(commands);
}

/** Beside it, where there is room, stands what to do. */
function NobodyYet() {
  const { t } = useText();
  return (
    <div className="flex-1 overflow-y-auto">
      <Statement
        drawing={<QuietDrawing className="w-[240px] max-w-full lg:hidden" />}
        title={t("list.empty.all")}
        actions={
          <span className="flex flex-wrap justify-center gap-2 lg:hidden">
            <FirstSteps />
          </span>
        }
      >
        <span className="lg:hidden">{t("list.firstText")}</span>
      </Statement>
    </div>
  );
}

function EmptyList({ filter }: { filter: Filter }) {
  const { t } = useText();
  const isNarrowed = Boolean(filter.channel || filter.topic);
  const next = filter.view === "mine" ? "unassigned" : "all";
  const isNew = useNobodyYet(!isNarrowed && filter.view !== "closed");
  if (isNew) return <NobodyYet />;
  return (
    <div className="flex-1 overflow-y-auto">
      <Statement
        drawing={<QuietDrawing className="w-[240px] max-w-full lg:hidden" />}
        title={isNarrowed ? t("list.emptyFiltered") : t(`list.empty.${filter.view}`)}
        actions={
          filter.view !== "all" &&
          !isNarrowed && (
            <Link to="/conversations" search={{ view: next }} className={buttonClass("secondary")}>
              {t(`list.show.${next}`)}
            </Link>
          )
        }
      >
        {isNarrowed && t("list.emptyFilteredText")}
      </Statement>
    </div>
  );
}
