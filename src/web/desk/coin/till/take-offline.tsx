import { useMutation } from "@tanstack/react-query";
import { Camera } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { base64Url, readSigned } from "../../../../skills/wallet/api/offer.ts";
import { type TillRequest, takeSigned } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";
import { canScan, startScan } from "./scan.ts";

/** What a telephone without a net has signed comes in by camera, by a scanner that types, or pasted. */
export function TakeOffline({ shown }: { shown?: { id: number; onTaken(request: TillRequest): void } }) {
  const { t } = useText();
  const refresh = useCoinChange();
  const [text, setText] = useState("");
  const [isUnread, setUnread] = useState(false);
  const [isScanning, setScanning] = useState(false);
  const taking = useMutation({
    mutationFn: (bytes: string) => call(takeSigned, { body: { bytes, requestId: shown?.id } }),
    onSuccess: ({ result, isKnown, request }) => {
      setText("");
      // Whoever shows an old code has not paid what is on show.
      if (result === "applied" && !isKnown && request && request.id === shown?.id) shown.onTaken(request);
      return refresh();
    },
  });
  const take = (given: string) => {
    const bytes = readSigned(given);
    setScanning(false);
    setText(given);
    setUnread(bytes === null);
    if (bytes) taking.mutate(base64Url(bytes));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take(text);
  };
  const said = taking.data;
  return (
    <form onSubmit={submit} className="grid gap-3 rounded-2 border border-line p-3">
      <p className="text-small text-ink-2">{t("till.offlineText")}</p>
      {isScanning && <Scan onFound={take} onFailed={() => setScanning(false)} />}
      {canScan() && !isScanning && (
        <Button icon={Camera} className="justify-self-start" onClick={() => setScanning(true)}>
          {t("till.scan")}
        </Button>
      )}
      <TextArea
        label={t("till.signed")}
        help={t("till.signedHelp")}
        rows={3}
        maxLength={6_000}
        value={text}
        error={isUnread ? t("till.signedUnread") : null}
        onChange={(event) => setText(event.target.value)}
      />
      <CoinRefusal error={taking.error} />
      {said && (
        <p role="status">
          {said.result === "applied" && said.isKnown ? (
            <StateLine kind="warn">{t("till.paidBefore")}</StateLine>
          ) : (
            <StateLine kind={said.result === "applied" ? "ok" : "bad"}>{said.sentence}</StateLine>
          )}
        </p>
      )}
      <Button type="submit" className="justify-self-start" busy={taking.isPending}>
        {t("till.take")}
      </Button>
    </form>
  );
}

function Scan({ onFound, onFailed }: { onFound(text: string): void; onFailed(): void }) {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef({ onFound, onFailed });
  found.current = { onFound, onFailed };
  useEffect(() => {
    const place = video.current;
    if (!place) return;
    return startScan(place, {
      onFound: (text) => found.current.onFound(text),
      onFailed: () => found.current.onFailed(),
    });
  }, []);
  return <video ref={video} muted playsInline aria-label={t("till.camera")} className="w-full rounded-2" />;
}
