import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { INTAKE_BYTES, startIntake } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { TextField } from "../../../ui/field.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { ArchiveField } from "./archive-field.tsx";
import { sendFile } from "./send-file.ts";

/** Hands in a file or names a page. @param onSent shows what was handed in */
export function UploadCard({ onSent }: { onSent(id: number): void }) {
  const { t, format } = useText();
  const [source, setSource] = useState<"file" | "page">("file");
  const [file, setFile] = useState<File | null>(null);
  const [url, setUrl] = useState("");
  const [own, setOwn] = useState("");
  const [isChecked, setChecked] = useState(false);
  const names = own
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const page = source === "page" || !file ? url : null;
  const { sending, share, stop } = useSending({ file, page, own: names }, (id) => {
    setFile(null);
    setChecked(false);
    onSent(id);
  });
  const fileFault =
    file && file.size > INTAKE_BYTES
      ? t("intake.tooLarge", {
          name: file.name,
          size: format.size(file.size),
          limit: format.size(INTAKE_BYTES),
        })
      : file?.size === 0
        ? t("intake.fault.empty")
        : isChecked && !file
          ? t("intake.fileMissing")
          : null;
  const isUrl = /^https?:\/\/\S+$/.test(url);
  const isReady = source === "page" ? isUrl : file !== null && fileFault === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isReady && !sending.isPending) sending.mutate();
  };
  const isStopped = sending.error instanceof DOMException && sending.error.name === "AbortError";
  return (
    <Card title={t("intake.new")}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Choice<"file" | "page">
          label={t("intake.source")}
          options={[
            { value: "file", label: t("intake.file") },
            { value: "page", label: t("intake.page") },
          ]}
          value={source}
          onChange={(value) => setSource(value)}
        />
        {source === "file" ? (
          <>
            <ArchiveField
              help={t("intake.fileHelp", { size: format.size(INTAKE_BYTES) })}
              file={file}
              error={fileFault}
              onChange={setFile}
            />
            <TextField
              label={t("intake.own")}
              help={t("intake.ownHelp")}
              maxLength={300}
              value={own}
              onChange={(event) => setOwn(event.target.value)}
            />
          </>
        ) : (
          <TextField
            label={t("intake.url")}
            help={t("intake.urlHelp")}
            error={isChecked && !isUrl ? t("intake.urlMissing") : null}
            type="url"
            inputMode="url"
            placeholder="https://"
            maxLength={500}
            value={url}
            onChange={(event) => setUrl(event.target.value.trim())}
          />
        )}
        <p className="text-small text-ink-2">{t("intake.privacy")}</p>
        <Button type="submit" variant="primary" className="justify-self-start" busy={sending.isPending}>
          {t("intake.act")}
        </Button>
      </form>
      <div aria-live="polite" className="mt-3">
        {sending.isPending && source === "file" && (
          <div className="grid gap-2">
            <p className="text-small">{t("intake.sending")}</p>
            <ProgressLine share={share} label={t("intake.sending")} />
            <Button className="justify-self-start" onClick={stop}>
              {t("intake.stop")}
            </Button>
          </div>
        )}
        {!isStopped && <FailureRows error={sending.error} />}
      </div>
    </Card>
  );
}

interface Order {
  file: File | null;
  /** An address takes the file's place. */
  page: string | null;
  own: readonly string[];
}

function useSending({ file, page, own }: Order, onSent: (id: number) => void) {
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const stopping = useRef(new AbortController());
  const sending = useMutation({
    mutationFn: async (): Promise<number> => {
      stopping.current = new AbortController();
      setShare(0);
      if (page !== null || !file) {
        const url = page ?? "";
        return (await call(startIntake, { body: { name: url.slice(0, 200), url, own: [] } })).id;
      }
      return sendFile(file, { own, onShare: setShare, signal: stopping.current.signal });
    },
    onSuccess: onSent,
    onSettled: () => client.invalidateQueries({ queryKey: ["knowledge", "intakes"] }),
  });
  return { sending, share, stop: () => stopping.current.abort() };
}
