import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useRef, useState } from "react";
import {
  getTransferFile,
  listTransferFiles,
  makeTransferFile,
  refuseTransferFile,
  type TransferFile,
} from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { saveBytes } from "../../ui/save-bytes.ts";
import { Tag } from "../../ui/tag.tsx";
import { PagedList, usePages } from "../shell/paged-list.tsx";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { PaymentsFrame } from "./payments-frame.tsx";
import { payKeys, usePayChange } from "./queries.ts";
import { useMoney } from "./use-money.ts";

const mime = "application/xml";

/** Refunds by transfer: what waits, and the files for the bank. */
export function TransfersPage() {
  const { t } = useText();
  const money = useMoney();
  const change = usePayChange();
  const [waiting, setWaiting] = useState<{ transfers: number; sumMinor: number } | null>(null);
  const list = usePages({
    key: payKeys.files,
    load: async (cursor, signal) => {
      const page = await call(listTransferFiles, { query: { cursor } }, signal);
      setWaiting(page.waiting);
      return page;
    },
  });
  const making = useMutation({
    mutationFn: () => call(makeTransferFile, { body: {} }),
    onSuccess: ({ name, content }) => {
      saveBytes(name, content, mime);
      change();
    },
  });
  return (
    <PaymentsFrame title={t("pay.transfers")} subtitle={t("pay.transfersText")}>
      <div className="grid gap-5">
        {waiting && (
          <Card title={t("pay.nextFile")}>
            <p className="mb-3">
              {waiting.transfers === 0
                ? t("pay.nothingWaits")
                : t("pay.waiting", { count: waiting.transfers, sum: money(waiting.sumMinor) })}
            </p>
            {waiting.transfers > 0 && (
              <Button
                variant="primary"
                icon={Download}
                busy={making.isPending}
                onClick={() => making.mutate()}
              >
                {t("pay.makeFile")}
              </Button>
            )}
            <PayFault error={making.error} />
          </Card>
        )}
        <PagedList
          list={list}
          words={{
            title: t("pay.transfers"),
            loading: t("pay.loading"),
            notLoaded: t("pay.notLoaded"),
            none: t("pay.noFiles"),
            noneText: t("pay.noFilesText"),
            noMatch: t("pay.noMatch"),
          }}
          isFiltered={false}
          filter={null}
          row={(one) => <FileRow key={one.id} file={one} />}
        />
      </div>
    </PaymentsFrame>
  );
}

function FileRow({ file }: { file: TransferFile }) {
  const { t, format } = useText();
  const money = useMoney();
  const change = usePayChange();
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const params = { id: file.id };
  const loading = useMutation({
    mutationFn: () => call(getTransferFile, { params }),
    onSuccess: ({ name, content }) => saveBytes(name, content, mime),
  });
  const refusing = useMutation({
    mutationFn: () => call(refuseTransferFile, { params }),
    onSuccess: () => {
      setAsking(false);
      change();
    },
  });
  const close = () => setAsking(false);
  return (
    <li className="grid gap-2 py-3">
      <div className="grid grid-cols-[1fr_auto] gap-x-4">
        <div className="min-w-0 wrap-anywhere">
          <p className="font-strong">{file.name}</p>
          <p className="text-small text-ink-2">
            {t("pay.fileMade", { day: format.date(file.madeAt), count: file.transfers })}
          </p>
          {file.refusedAt && <Tag kind="bad">{t("pay.refusedOn", { day: format.date(file.refusedAt) })}</Tag>}
        </div>
        <span className="font-strong whitespace-nowrap tabular-nums">{money(file.sumMinor)}</span>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button icon={Download} busy={loading.isPending} onClick={() => loading.mutate()}>
          {t("pay.loadFile")}
        </Button>
        {!file.refusedAt && <Button onClick={() => setAsking(true)}>{t("pay.fileRefused")}</Button>}
      </div>
      <PayFault error={loading.error} />
      <Dialog
        isOpen={isAsking}
        onClose={close}
        title={t("pay.fileRefusedTitle")}
        closeLabel={t("close")}
        focusFirst={safe}
      >
        <p>{t("pay.fileRefusedText")}</p>
        <PayFault error={refusing.error} />
        <Answers
          safe={{ label: t("cancel"), onClick: close, ref: safe }}
          act={{ label: t("pay.fileRefused"), onClick: () => refusing.mutate(), busy: refusing.isPending }}
        />
      </Dialog>
    </li>
  );
}
