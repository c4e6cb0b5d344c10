import { useQuery } from "@tanstack/react-query";
import type { Flow } from "../../../skills/service/api.ts";
import { Button } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { Tag } from "../../ui/tag.tsx";
import { isManager, useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { flowVersionsQuery } from "./queries.ts";
import type { useFlowSaving } from "./use-flow-saving.ts";

interface VersionsProps {
  flow: Flow | null;
  doings: ReturnType<typeof useFlowSaving>;
  onDraft(text: string): void;
}

/** What was live, what is, and the way back. */
export function VersionsPanel({ flow, doings, onDraft }: VersionsProps) {
  const { t, format } = useText();
  const now = useNow();
  const mayWrite = isManager(useMe());
  const versions = useQuery({ ...flowVersionsQuery(flow?.id ?? 0), enabled: flow !== null });
  const items = versions.data?.items ?? [];
  if (flow && versions.isPending) return <Waiting rows={3} label={t("flows.loading")} />;
  if (versions.error) return <FailureRows error={versions.error} />;
  if (items.length === 0) return <p className="text-ink-2">{t("flowVersions.flowNone")}</p>;
  const isBusy = doings.goingLive.isPending;
  return (
    <div className="grid gap-3">
      <p className="text-small text-ink-2">{t("flowVersions.note")}</p>
      <ul className="grid gap-2">
        {items.map(({ version, text, liveAt, retiredAt, isLive }) => (
          <li
            key={version}
            className="flex flex-wrap items-center gap-2 rounded-2 border border-line bg-sheet p-3"
          >
            <span className="mr-auto">
              <strong className="font-strong">{t("flowVersions.number", { version })}</strong>{" "}
              {isLive && <Tag kind="ok">{t("flowVersions.isLive")}</Tag>}
              <span className="block text-small text-ink-2">
                {isLive || !retiredAt
                  ? t("flowVersions.liveSince", { when: format.moment(liveAt, now) })
                  : t("flowVersions.until", { when: format.moment(retiredAt, now) })}
              </span>
            </span>
            {mayWrite && <Button onClick={() => onDraft(text)}>{t("flowVersions.intoDraft")}</Button>}
            {mayWrite && (
              <Button disabled={isBusy} onClick={() => doings.goingLive.mutate(isLive ? null : version)}>
                {t(isLive ? "flowVersions.off" : "flowVersions.takeBack")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
