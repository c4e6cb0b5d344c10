import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { fetchSource, type Source, uploadSourceCsv } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FileField } from "../../knowledge/file-field.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { noticeKeys } from "../queries.ts";
import { isFetched } from "./source-draft.ts";
import { Problems } from "./try-reading.tsx";

/** Whether it comes, when it came last, and the way to try it now. */
export function HealthCard({ source, mayWrite }: { source: Source; mayWrite: boolean }) {
  const { t, format } = useText();
  const now = useNow();
  const { health, triedAt, succeededAt, nextAt, inbound } = source;
  const rows: readonly [string, string | null][] = [
    [t("sources.tried"), triedAt],
    [t("sources.succeeded"), succeededAt],
    [t("sources.next"), nextAt],
  ];
  return (
    <Card title={t("sources.health")}>
      <p role="status">
        <StateLine kind={health.light}>{health.text}</StateLine>
      </p>
      <dl className="mt-3 grid gap-1.5 text-small">
        {rows.map(
          ([label, at]) =>
            at !== null && (
              <div key={label} className="flex justify-between gap-4">
                <dt className="text-ink-2">{label}</dt>
                <dd className="text-right font-strong">{format.moment(at, now)}</dd>
              </div>
            ),
        )}
      </dl>
      {inbound !== null && (
        <div className="mt-4">
          <CopyRow
            label={t("sources.inbound")}
            value={new URL(inbound, location.origin).href}
            words={{ copy: t("copy"), copied: t("copied") }}
          />
        </div>
      )}
      {mayWrite && isFetched(source.kind) && <ReadNow source={source} />}
      {mayWrite && source.kind === "csv" && <UploadTable source={source} />}
    </Card>
  );
}

function useRead() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: noticeKeys.all });
}

function ReadNow({ source }: { source: Source }) {
  const { t } = useText();
  const changed = useRead();
  const reading = useMutation({
    mutationFn: () => call(fetchSource, { params: { id: source.id } }),
    onSuccess: changed,
  });
  return (
    <div className="mt-4 grid gap-2">
      <Button
        icon={RefreshCw}
        className="justify-self-start"
        busy={reading.isPending}
        onClick={() => reading.mutate()}
      >
        {t("sources.readNow")}
      </Button>
      <FailureRows error={reading.error} />
      {reading.data && (
        <div role="status" className="grid gap-2">
          <p>
            {t("sources.itemsRead", { count: reading.data.itemCount })}{" "}
            {t("sources.storiesMade", { count: reading.data.stories })}
          </p>
          <Problems problems={reading.data.problems} />
        </div>
      )}
    </div>
  );
}

function UploadTable({ source }: { source: Source }) {
  const { t } = useText();
  const changed = useRead();
  const [file, setFile] = useState<File | null>(null);
  const [isMissing, setMissing] = useState(false);
  const uploading = useMutation({
    mutationFn: async (chosen: File) =>
      call(uploadSourceCsv, { params: { id: source.id }, body: { csv: await chosen.text() } }),
    onSuccess: changed,
  });
  return (
    <div className="mt-4 grid gap-3">
      <FileField
        label={t("sources.table")}
        help="id,title,text,link,start,end,cancelled"
        file={file}
        error={isMissing ? t("sources.tableMissing") : null}
        onChange={setFile}
      />
      <Button
        className="justify-self-start"
        busy={uploading.isPending}
        onClick={() => {
          setMissing(file === null);
          if (file) uploading.mutate(file);
        }}
      >
        {t("sources.upload")}
      </Button>
      <FailureRows error={uploading.error} />
      {uploading.data && (
        <div role="status" className="grid gap-2">
          <p>
            {t("sources.itemsRead", { count: uploading.data.items })}{" "}
            {t("sources.storiesMade", { count: uploading.data.stories })}
          </p>
          <Problems problems={uploading.data.problems} />
        </div>
      )}
    </div>
  );
}
