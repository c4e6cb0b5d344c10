/** @jsxImportSource preact */
import copySign from "lucide-react/icons/copy";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../customer-page/icon.tsx";
import { QrCode } from "../page/qr-code.tsx";
import type { Pay } from "./contract.ts";
import type { Format } from "./format.ts";
import type { Words } from "./words.ts";

const SAID_MS = 4_000;

const spaced = (text: string): string => text.replace(/.{4}(?=.)/g, "$& ");

interface TransferProps {
  pay: Pay;
  transfer: NonNullable<Pay["transfer"]>;
  words: Words;
  format: Format;
}

/** The code for the banking app, and the same as text that can be copied one by one. */
export function Transfer({ pay, transfer, words, format }: TransferProps) {
  const [copied, setCopied] = useState("");
  useEffect(() => {
    if (copied === "") return;
    const timer = window.setTimeout(() => setCopied(""), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const say = words.transfer;
  const rows = [
    { term: say.holder, text: transfer.holder, bare: transfer.holder },
    { term: say.iban, text: spaced(transfer.iban), bare: transfer.iban },
    ...(transfer.bic ? [{ term: say.bic, text: transfer.bic, bare: transfer.bic }] : []),
    {
      term: say.amount,
      text: format.money(pay.owedMinor),
      bare: (pay.owedMinor / 100).toFixed(2).replace(".", ","),
    },
    { term: say.reference, text: spaced(pay.reference), bare: pay.reference },
  ];
  const copy = (term: string, bare: string) => {
    navigator.clipboard?.writeText(bare).then(
      () => setCopied(say.copied(term)),
      () => setCopied(""),
    );
  };
  return (
    <section class="pay-card" aria-labelledby="transfer">
      <h2 id="transfer">{say.title}</h2>
      <p class="small quiet">{say.text}</p>
      <QrCode text={transfer.giroCode} label={say.code} />
      <dl class="copy-rows">
        {rows.map(({ term, text, bare }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <span>{text}</span>
              <button type="button" class="copy" onClick={() => copy(term, bare)}>
                <Icon of={copySign} />
                <span class="hidden">{say.copy(term)}</span>
              </button>
            </dd>
          </div>
        ))}
      </dl>
      <p class="small">{say.referenceText}</p>
      <p class="small quiet">{say.after}</p>
      <p class="small copied" role="status">
        {copied}
      </p>
    </section>
  );
}
