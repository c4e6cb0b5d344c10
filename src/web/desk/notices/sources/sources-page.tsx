import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import type { Source } from "../../../../skills/notices/api.ts";
import { buttonClass } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { NoticesFrame } from "../notices-frame.tsx";
import { sourcesQuery } from "./queries.ts";

/** Where notices come from by themselves, and how each source does. */
export function SourcesPage() {
  const { t } = useText();
  const sources = useQuery(sourcesQuery);
  const mayWrite = isManager(useMe());
  const items = sources.data?.items;
  return (
    <NoticesFrame
      title={t("sources.title")}
      subtitle={t("sources.subtitle")}
      actions={mayWrite && <NewSource />}
    >
      {sources.isPending && <Waiting rows={3} label={t("notices.loading")} />}
      {sources.error && (
        <Failure error={sources.error} title={t("sources.notLoaded")} retry={() => void sources.refetch()} />
      )}
      {items?.length === 0 && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("sources.empty")}
          actions={mayWrite && <NewSource />}
        >
          {t("sources.emptyText")}
        </Statement>
      )}
      {items && items.length > 0 && (
        <ul className="grid gap-4 xl:grid-cols-2">
          {items.map((source) => (
            <SourceCard key={source.id} source={source} />
          ))}
        </ul>
      )}
    </NoticesFrame>
  );
}

function NewSource() {
  const { t } = useText();
  return (
    <Link to="/notices/sources/$source" params={{ source: "new" }} className={buttonClass("primary")}>
      <Plus size={18} strokeWidth={1.75} aria-hidden="true" /> {t("sources.new")}
    </Link>
  );
}

function SourceCard({ source }: { source: Source }) {
  const { t, format } = useText();
  const now = useNow();
  const { id, name, kind, url, health, liveItems, succeededAt, nextAt, names } = source;
  const facts: readonly [string, string | null][] = [
    [t("sources.liveItems"), format.number(liveItems)],
    [t("sources.succeeded"), succeededAt === null ? t("sources.never") : format.moment(succeededAt, now)],
    [t("sources.next"), nextAt === null ? null : format.moment(nextAt, now)],
    [t("sources.names"), names > 0 ? format.number(names) : null],
  ];
  return (
    <li className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
      <h2 className="text-h2 wrap-anywhere">
        <Link
          to="/notices/sources/$source"
          params={{ source: String(id) }}
          className="underline-offset-4 hover:underline"
        >
          {name}
        </Link>
      </h2>
      <p className="text-small wrap-anywhere text-ink-2">
        {[t(`sources.kind.${kind}`), url].filter(Boolean).join(", ")}
      </p>
      <p className="mt-3">
        <StateLine kind={health.light}>{health.text}</StateLine>
      </p>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 text-small sm:grid-cols-4">
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label}>
                <dt className="text-ink-2">{label}</dt>
                <dd className="font-strong">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </li>
  );
}
