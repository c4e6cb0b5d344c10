/** @jsxImportSource preact */
import circleCheck from "lucide-react/icons/circle-check";
import download from "lucide-react/icons/download";
import receiptText from "lucide-react/icons/receipt-text";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { Icon } from "../customer-page/icon.tsx";
import type { Language } from "../customer-page/words.ts";
import type { Pay } from "./contract.ts";
import { type Format, formatOf } from "./format.ts";
import { Transfer } from "./transfer.tsx";
import type { PayState } from "./use-pay.ts";
import type { Words } from "./words.ts";

interface ShownProps {
  state: PayState;
  pay: Pay;
  words: Words;
  language: Language;
}

interface PartProps {
  pay: Pay;
  words: Words;
  format: Format;
}

/** What is asked for first and large, then one way to pay after the other. */
export function Shown({ state, pay, words, language }: ShownProps) {
  const format = formatOf(language, pay);
  const clock = format.clock(pay.updatedAt);
  return (
    <div class="wrap pay">
      {state.isStale && (
        <p class="offline" role="status">
          {words.offline(clock)}
        </p>
      )}
      <div class="pay-columns">
        <div class="aside">
          <Asked pay={pay} words={words} format={format} />
          <Services state={state} pay={pay} words={words} format={format} />
          {pay.receipt && <ReceiptCard state={state} pay={pay} words={words} format={format} />}
        </div>
        <div class="aside">
          {pay.transfer && <Transfer pay={pay} transfer={pay.transfer} words={words} format={format} />}
          <section>
            <h2>{words.question}</h2>
            <p>
              <a href={pay.company.page}>{words.conversation}</a>
            </p>
          </section>
          <p class="small quiet as-of-row">
            {words.asOf(clock)}
            <button type="button" class="text-button" onClick={state.load}>
              {words.refresh}
            </button>
          </p>
        </div>
      </div>
    </div>
  );
}

function Asked({ pay, words, format }: PartProps) {
  const said = words.state[pay.state];
  const isOpen = pay.owedMinor > 0;
  return (
    <section class="pay-card" aria-labelledby="asked">
      <p class="kicker row">
        <Icon of={isOpen ? receiptText : circleCheck} /> {isOpen ? words.request : said.title}
      </p>
      <h1 id="asked">{format.money(isOpen ? pay.owedMinor : pay.amountMinor)}</h1>
      <p class="strong">{pay.title}</p>
      {pay.lines.length > 0 && (
        <dl class="lines">
          {pay.lines.map(({ text, amountMinor }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same.
            <div key={n}>
              <dt>{text}</dt>
              <dd>{format.money(amountMinor)}</dd>
            </div>
          ))}
        </dl>
      )}
      <div role="status" class="stack">
        {isOpen && pay.paidMinor > 0 && (
          <p>{words.partPaid(format.money(pay.paidMinor), format.money(pay.amountMinor))}</p>
        )}
        {said.text && <p>{said.text}</p>}
        {!isOpen && pay.refundedMinor > 0 && pay.state !== "refunded" && (
          <p>{words.refunded(format.money(pay.refundedMinor))}</p>
        )}
        {pay.pending && <p>{words.pending}</p>}
      </div>
      {isOpen && (
        <p class="small quiet">
          {words.dueOn(format.day(pay.dueOn))}
          {pay.expiresOn && ` · ${words.expiresOn(format.day(pay.expiresOn))}`}
        </p>
      )}
    </section>
  );
}

function Services({ state, pay, words, format }: PartProps & { state: PayState }) {
  const { busy, failure } = state;
  if (pay.providers.length === 0 && !failure) return null;
  return (
    <section class="stack" aria-label={words.title}>
      {pay.providers.map((provider, n) => (
        <button
          key={provider}
          type="button"
          class={n === 0 ? "button primary" : "button"}
          aria-busy={busy === provider}
          onClick={() => busy === null && state.checkout(provider)}
        >
          {words.pay[provider](format.money(pay.owedMinor))}
        </button>
      ))}
      {pay.providers.length > 0 && <p class="small quiet">{words.payText}</p>}
      <p class="small" role="status">
        {busy === "stripe" || busy === "mollie" ? words.waiting : ""}
      </p>
      <FailureLine text={failure && words.failures[failure]} />
    </section>
  );
}

function ReceiptCard({ state, pay, words, format }: PartProps & { state: PayState }) {
  const { receipt } = pay;
  if (!receipt) return null;
  return (
    <section class="pay-card sunken" aria-labelledby="receipt">
      <h2 id="receipt">
        {receipt.cancels === null
          ? words.receipt.title(receipt.number)
          : words.receipt.cancellation(receipt.number)}
      </h2>
      <p>
        {receipt.cancels === null
          ? words.receipt.paidOn(format.day(receipt.paidOn))
          : words.receipt.cancels(receipt.cancels)}
      </p>
      <button
        type="button"
        class="button"
        aria-busy={state.busy === "receipt"}
        onClick={() => state.busy === null && state.saveReceipt()}
      >
        <Icon of={download} /> {words.receipt.load}
      </button>
      <p class="small" role="status">
        {state.busy === "receipt" ? words.receipt.loading : ""}
      </p>
    </section>
  );
}
