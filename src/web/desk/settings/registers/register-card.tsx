import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, Stethoscope, Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import {
  type Connection,
  deleteLookupConnection,
  replaceLookupConnection,
  testLookupConnection,
  uploadLookupFile,
} from "../../../../skills/lookup/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";
import { RegisterForm } from "./register-form.tsx";

/** One shop or register: does it answer, what was wrong last, and what can be done. */
export function RegisterCard({ connection }: { connection: Connection }) {
  const { t } = useText();
  const client = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const { id, kind, name, address, prefix, kinds, active } = connection;
  const switching = useMutation({
    mutationFn: (isActive: boolean) =>
      call(replaceLookupConnection, {
        params: { id },
        body: { name, address, prefix, kinds, active: isActive, keys: null },
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["registers"] }),
  });
  return (
    <Card>
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="mr-auto min-w-0">
          <h2 className="text-h2 wrap-anywhere">{name}</h2>
          <p className="text-small wrap-anywhere text-ink-2">
            {[t(`lookup.kind.${kind}`), address, kinds.map((of) => t(`lookup.of.${of}`)).join(", ")]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <Switch
          label={t("lookup.activeOf", { name })}
          hideLabel
          words={{ on: t("on"), off: t("off") }}
          checked={active}
          onChange={(isActive) => switching.mutate(isActive)}
        />
      </header>
      <State connection={connection} />
      <FailureRows error={switching.error} />
      {isEditing ? (
        <div className="mt-4 border-t border-line pt-4">
          <RegisterForm kind={kind} connection={connection} onDone={() => setEditing(false)} />
        </div>
      ) : (
        <Deeds connection={connection} onEdit={() => setEditing(true)} />
      )}
    </Card>
  );
}

const lights = { ok: "ok", new: "plain", fault: "bad", paused: "warn", off: "off" } as const;

/** The light as sign, word and colour; the last fault says what to do about it. */
function State({ connection }: { connection: Connection }) {
  const { t, format } = useText();
  const now = useNow();
  const { state, fault, faultAt, okAt, pausedUntil, file } = connection;
  const when = pausedUntil ? format.time(pausedUntil) : "";
  return (
    <div
      className="grid gap-1 rounded-2 border border-line bg-ground px-4 py-3 text-small"
      aria-live="polite"
    >
      <p>
        <StateLine kind={lights[state]}>
          {state === "paused" ? t("lookup.state.paused", { when }) : t(`lookup.state.${state}`)}
        </StateLine>
      </p>
      {okAt && <p className="text-ink-2">{t("lookup.okAt", { when: format.moment(okAt, now) })}</p>}
      {fault && faultAt && (
        <p>{t("lookup.faultAt", { when: format.moment(faultAt, now), fault: t(`lookup.fault.${fault}`) })}</p>
      )}
      {file && <p>{t("lookup.file", { rows: file.rows, when: format.moment(file.writtenAt, now) })}</p>}
      {file && file.skipped > 0 && (
        <div>
          <p className="font-strong">{t("lookup.fileSkipped", { count: file.skipped })}</p>
          <ul className="ml-4 list-disc">
            {file.faults.map(({ line, code }) => (
              <li key={line}>{t("lookup.line", { line, fault: t.maybe(`lookup.line.${code}`) ?? code })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Deeds({ connection: { id, kind, name }, onEdit }: { connection: Connection; onEdit(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const [isAsking, setAsking] = useState(false);
  const renew = () => void client.invalidateQueries({ queryKey: ["registers"] });
  const testing = useMutation({
    mutationFn: () => call(testLookupConnection, { params: { id } }),
    onSuccess: renew,
  });
  const uploading = useMutation({
    mutationFn: async (file: File) =>
      call(uploadLookupFile, { params: { id }, body: { text: await file.text() } }),
    onSuccess: () => {
      renew();
      showToast({ text: t("lookup.uploaded") });
    },
  });
  const removing = useMutation({
    mutationFn: () => call(deleteLookupConnection, { params: { id } }),
    onSuccess: () => {
      renew();
      showToast({ text: t("lookup.removed", { name }) });
    },
  });
  return (
    <>
      <div className="mt-4 flex flex-wrap gap-2">
        {kind === "csv" ? (
          <>
            <input
              ref={input}
              type="file"
              accept=".csv,text/csv"
              tabIndex={-1}
              aria-label={t("lookup.upload")}
              className="hidden"
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = "";
                if (file) uploading.mutate(file);
              }}
            />
            <Button icon={Upload} busy={uploading.isPending} onClick={() => input.current?.click()}>
              {t("lookup.upload")}
            </Button>
          </>
        ) : (
          <Button icon={Stethoscope} busy={testing.isPending} onClick={() => testing.mutate()}>
            {t("lookup.test")}
          </Button>
        )}
        <Button icon={Pencil} onClick={onEdit}>
          {t("lookup.edit")}
        </Button>
        <Button icon={Trash2} variant="danger" onClick={() => setAsking(true)}>
          {t("lookup.remove")}
        </Button>
      </div>
      <FailureRows error={testing.error ?? uploading.error} />
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("lookup.removeTitle", { name })}
        closeLabel={t("close")}
        focusFirst={keep}
      >
        <p>{t("lookup.removeText")}</p>
        <FailureRows error={removing.error} />
        <Answers
          safe={{ label: t("lookup.keep"), onClick: () => setAsking(false), ref: keep }}
          act={{
            label: t("lookup.remove"),
            onClick: () => removing.mutate(),
            busy: removing.isPending,
            danger: true,
          }}
        />
      </Dialog>
    </>
  );
}
