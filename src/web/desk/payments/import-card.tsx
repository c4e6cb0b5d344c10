import { useMutation } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRef } from "react";
import { type ImportReport, importStatements } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";
import { PayFault } from "./pay-fault.tsx";
import { usePayChange } from "./queries.ts";
import { StatementNotes, useSpan } from "./statements-card.tsx";
import { useMoney } from "./use-money.ts";

const mostBytes = 8 * 1024 * 1024;
const nameCharacters = 200;
const pieceBytes = 0x8000;

/** In pieces: so many arguments a call takes. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += pieceBytes)
    text += String.fromCharCode(...bytes.subarray(at, at + pieceBytes));
  return btoa(text);
}

/** A camt.053 file, and what became of each statement in it, by name. */
export function ImportCard() {
  const { t, language } = useText();
  const input = useRef<HTMLInputElement>(null);
  const change = usePayChange();
  const importing = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > mostBytes) return { name: file.name, report: null };
      const content = await base64Of(file);
      const body = { name: file.name.slice(0, nameCharacters), content, language };
      return { name: file.name, report: await call(importStatements, { body }) };
    },
    onSuccess: change,
  });
  const { data } = importing;
  return (
    <Card title={t("pay.import")}>
      <p className="mb-4 max-w-[66ch] text-ink-2">{t("pay.importText")}</p>
      <input
        ref={input}
        type="file"
        accept=".xml,application/xml,text/xml"
        tabIndex={-1}
        aria-label={t("pay.chooseFile")}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) importing.mutate(file);
        }}
      />
      <Button icon={Upload} busy={importing.isPending} onClick={() => input.current?.click()}>
        {t("pay.chooseFile")}
      </Button>
      <PayFault error={importing.error} />
      <div role="status" className="empty:hidden">
        {data && (
          <div className="mt-4 grid gap-3">
            <h3 className="text-h3 wrap-anywhere">{data.name}</h3>
            {data.report ? (
              <Report report={data.report} />
            ) : (
              <StateLine kind="bad">{t("pay.fileTooLarge")}</StateLine>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { t } = useText();
  const money = useMoney();
  const spanOf = useSpan();
  const { taken, refused, matched, proposed, unknown, twice } = report;
  const counts = [
    t("pay.report.matched", { count: matched }),
    t("pay.report.todo", { count: proposed + unknown }),
    ...(twice > 0 ? [t("pay.report.twice", { count: twice })] : []),
  ];
  return (
    <>
      {taken.length > 0 && <p>{counts.join(" ")}</p>}
      <ul className="divide-y divide-line border-t-[1.5px] border-ink">
        {taken.map((one) => (
          <li key={one.id} className="grid gap-1 py-3">
            <StateLine kind="ok">
              {t("pay.report.taken", { name: one.externalId, span: spanOf(one) })}
            </StateLine>
            <p className="text-small text-ink-2">
              {t("pay.balances", {
                from: money(one.openingMinor, one.currency),
                to: money(one.closingMinor, one.currency),
              })}
            </p>
            <StatementNotes notes={one.notes} />
          </li>
        ))}
        {refused.map(({ externalId, code, text }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file may hold one statement twice.
          <li key={`${externalId} ${code} ${n}`} className="grid gap-1 py-3">
            <StateLine kind="bad">
              {externalId === ""
                ? t("pay.report.refusedFile")
                : t("pay.report.refused", { name: externalId })}
            </StateLine>
            <p className="wrap-anywhere">{text}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
