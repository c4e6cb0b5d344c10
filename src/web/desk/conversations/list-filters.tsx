import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowDownWideNarrow, ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { type countConversations, type ReplyOf, views } from "#kernel/api";
import { classNames } from "../../ui/class-names.ts";
import { Menu, MenuChoice, MenuHeading, MenuLine } from "../../ui/menu.tsx";
import { topicsQuery } from "../knowledge/queries.ts";
import { useTopicTitle } from "../knowledge/use-topic-title.ts";
import { useText } from "../text/use-text.ts";
import { channelKinds } from "./channel-sign.tsx";
import type { Filter } from "./queries.ts";

type Counts = ReplyOf<typeof countConversations>;

function countOf(counts: Counts | undefined, view: Filter["view"]): number | null {
  if (!counts || view === "all" || view === "closed") return null;
  return counts[view];
}

/** The views with their counts; each is a link, so that a view can be opened in its own tab. */
export function ViewChips({ filter, counts }: { filter: Filter; counts: Counts | undefined }) {
  const { t, format } = useText();
  return (
    <nav aria-label={t("list.views")} className="contents">
      {views.map((view) => {
        const count = countOf(counts, view);
        const isChosen = filter.view === view;
        return (
          <Link
            key={view}
            to="/conversations"
            search={(now) => ({ ...now, view })}
            aria-current={isChosen ? "true" : undefined}
            className={classNames(
              "inline-flex h-7 items-center rounded-1 px-2 text-small font-strong coarse:h-8",
              isChosen ? "bg-accent-soft text-accent-text" : "bg-sunken text-ink-2 hover:text-ink",
            )}
          >
            {t(`view.${view}`)}
            {count !== null && <span className="ml-1">{format.number(count)}</span>}
          </Link>
        );
      })}
    </nav>
  );
}

/** Channel, topic and order. */
export function ListFilters({ filter }: { filter: Filter }) {
  const { t } = useText();
  const navigate = useNavigate({ from: "/conversations" });
  const topics = useQuery(topicsQuery).data?.items ?? [];
  const set = (change: Partial<Filter>) =>
    void navigate({ to: ".", search: (now) => ({ ...now, ...change }) });
  const titleOf = useTopicTitle();
  const topicTitle = filter.topic && titleOf(filter.topic);
  const chosen = [filter.channel && t(`channel.${filter.channel}`), topicTitle].filter(Boolean).join(", ");
  return (
    <div className="ml-auto flex min-w-0 items-center gap-3">
      <Menu
        trigger={
          <QuietTrigger icon={<ListFilter {...sign} />} isActive={chosen !== ""}>
            {chosen || t("filter.none")}
          </QuietTrigger>
        }
      >
        <MenuHeading>{t("filter.channel")}</MenuHeading>
        <MenuChoice isChosen={!filter.channel} onSelect={() => set({ channel: undefined })}>
          {t("filter.allChannels")}
        </MenuChoice>
        {channelKinds.map((kind) => (
          <MenuChoice key={kind} isChosen={filter.channel === kind} onSelect={() => set({ channel: kind })}>
            {t(`channel.${kind}`)}
          </MenuChoice>
        ))}
        <MenuLine />
        <MenuHeading>{t("filter.topic")}</MenuHeading>
        <MenuChoice isChosen={!filter.topic} onSelect={() => set({ topic: undefined })}>
          {t("filter.allTopics")}
        </MenuChoice>
        {topics.map(({ intent, title }) => (
          <MenuChoice key={intent} isChosen={filter.topic === intent} onSelect={() => set({ topic: intent })}>
            {title || intent}
          </MenuChoice>
        ))}
      </Menu>
      <Menu
        trigger={
          <QuietTrigger icon={<ArrowDownWideNarrow {...sign} />}>{t(`sort.${filter.sort}`)}</QuietTrigger>
        }
      >
        {(["due", "newest"] as const).map((sort) => (
          <MenuChoice key={sort} isChosen={filter.sort === sort} onSelect={() => set({ sort })}>
            {t(`sort.${sort}`)}
          </MenuChoice>
        ))}
      </Menu>
    </div>
  );
}

const sign = { size: 16, strokeWidth: 1.75, "aria-hidden": true, className: "shrink-0" } as const;

interface QuietTriggerProps {
  icon: ReactNode;
  isActive?: boolean;
  children: ReactNode;
}

function QuietTrigger({ icon, isActive = false, children, ...rest }: QuietTriggerProps) {
  return (
    <button
      type="button"
      className={classNames(
        "inline-flex min-h-7 min-w-0 items-center gap-1 text-small hover:text-ink",
        isActive ? "font-strong text-accent-text" : "text-ink-2",
      )}
      {...rest}
    >
      {icon}
      <span className="truncate">{children}</span>
    </button>
  );
}
