import type { ReplyOf } from "#kernel/api";
import type { listVersions } from "../../../../skills/service/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

type Version = ReplyOf<typeof listVersions>["items"][number];

interface TableProps {
  versions: readonly Version[];
  mayWrite: boolean;
  compared: number | null;
  isBusy: boolean;
  onCompare(id: number): void;
  onLive(id: number): void;
}

/** Newest first; a newer one than the live one waits, an older one can be gone back to. */
export function VersionTable({ versions, ...rest }: TableProps) {
  const { t } = useText();
  const live = versions.find(({ isLive }) => isLive)?.id ?? 0;
  return (
    <ul aria-label={t("shelf.versions")} className="divide-y divide-line border-t-[1.5px] border-ink">
      {versions.map((version) => (
        <VersionRow key={version.id} version={version} live={live} {...rest} />
      ))}
    </ul>
  );
}

type RowProps = Omit<TableProps, "versions"> & { version: Version; live: number };

function VersionRow({ version, live, mayWrite, compared, isBusy, onCompare, onLive }: RowProps) {
  const { t, format } = useText();
  const now = useNow();
  const { id, isLive, reason, examples, topics, madeAt, liveAt } = version;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-strong">{t("versions.number", { id: String(id) })}</span>
          {isLive && <Tag kind="ok">{t("versions.live")}</Tag>}
          {id > live && <Tag kind="info">{t("versions.draft")}</Tag>}
        </p>
        <p className="text-small text-ink-2">
          {t(`versions.reason.${reason}`)} · {format.moment(madeAt, now)} ·{" "}
          {t("versions.size", { examples, topics })}
          {isLive && liveAt && ` · ${t("versions.since", { when: format.moment(liveAt, now) })}`}
        </p>
      </div>
      {mayWrite && !isLive && (
        <div className="flex flex-wrap gap-2">
          <Button
            aria-pressed={compared === id}
            aria-label={t("versions.compareOf", { id: String(id) })}
            onClick={() => onCompare(id)}
          >
            {t("versions.compare")}
          </Button>
          <Button
            variant={id === compared ? "primary" : "secondary"}
            busy={isBusy}
            onClick={() => onLive(id)}
          >
            {t(id > live ? "versions.goLive" : "versions.rollBack", { id: String(id) })}
          </Button>
        </div>
      )}
    </li>
  );
}
