import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { previewSource } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { ItemList } from "./item-list.tsx";
import { isAddress, isFetched, type SourceDraft } from "./source-draft.ts";

const shownItems = 3;

interface TryProps {
  draft: SourceDraft;
  onKeys(keys: readonly { key: string; example: string }[]): void;
}

/** Fetches the address now and shows what it would bring. Nothing is stored or told. */
export function TryReading({ draft, onKeys }: TryProps) {
  const { t } = useText();
  const [isMissing, setMissing] = useState(false);
  const trying = useMutation({
    mutationFn: () => {
      if (!isFetched(draft.kind)) throw new Error("sends by itself");
      const { kind, language } = draft;
      return call(previewSource, { body: { kind, language, url: draft.url.trim() } });
    },
    onSuccess: ({ keys }) => onKeys(keys),
  });
  if (!isFetched(draft.kind)) return null;
  const { data } = trying;
  return (
    <div className="mt-4 border-t border-line pt-4">
      <Button
        icon={FlaskConical}
        busy={trying.isPending}
        onClick={() => {
          setMissing(!isAddress(draft.url));
          if (isAddress(draft.url)) trying.mutate();
        }}
      >
        {t("sources.try")}
      </Button>
      <p className="mt-1 text-small text-ink-2">{t("sources.tryText")}</p>
      <div aria-live="polite" className="mt-2 grid gap-2">
        {isMissing && <p className="text-small text-bad">{t("sources.fault.url")}</p>}
        <FailureRows error={trying.error} />
        {data && (
          <>
            <p>
              <StateLine kind={data.health.light}>{data.health.text}</StateLine>
            </p>
            {data.health.light !== "bad" && <p>{t("sources.itemsRead", { count: data.itemCount })}</p>}
            <Problems problems={data.problems} />
            <ItemList items={data.items.slice(0, shownItems)} />
          </>
        )}
      </div>
    </div>
  );
}

/** What was left out of a reading, in the node's words. */
export function Problems({ problems }: { problems: readonly { code: string; text: string }[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="grid gap-1 text-small">
      {problems.map(({ code, text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may stand twice, and the list never moves
        <li key={`${code} ${at}`}>
          <StateLine kind="warn">{text}</StateLine>
        </li>
      ))}
    </ul>
  );
}
