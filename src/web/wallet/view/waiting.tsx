/** @jsxImportSource preact */
import clock from "lucide-react/icons/clock";
import octagonAlert from "lucide-react/icons/octagon-alert";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { writeSigned } from "../../../skills/wallet/api/offer.ts";
import { Icon } from "../../customer-page/icon.tsx";
import { QrCode } from "../../page/qr-code.tsx";
import type { Waiting } from "../state/wallet-store.ts";
import { usePage } from "./context.ts";
import { Code, Rows } from "./parts.tsx";

/** Signed payments that nobody has confirmed, and those that were refused until somebody has read it. */
export function WaitingList() {
  const { state } = usePage();
  const mine = state.queue.filter(({ walletId }) => walletId === state.wallet?.id);
  return (
    <>
      {mine.map((waiting) => (
        <WaitingCard key={waiting.id} waiting={waiting} />
      ))}
    </>
  );
}

interface WaitingCardProps {
  waiting: Waiting;
  /** It is what the page is about, and not one thing of many. */
  isMain?: boolean;
}

export function WaitingCard(props: WaitingCardProps) {
  return props.waiting.state === "waiting" ? <Unconfirmed {...props} /> : <NotPaid {...props} />;
}

function Heading({ isMain, children }: { isMain: boolean | undefined; children: ComponentChildren }) {
  const Level = isMain ? "h1" : "h2";
  return <Level class="kicker row">{children}</Level>;
}

function Unconfirmed({ waiting, isMain }: WaitingCardProps) {
  const { words, session, format } = usePage();
  const say = words.pay;
  const [isBusy, setBusy] = useState(false);
  const text = writeSigned(waiting.bytes);
  return (
    <section class="wallet-card unconfirmed" aria-label={say.waiting}>
      <Heading isMain={isMain}>
        <Icon of={clock} /> {say.waiting}
      </Heading>
      <Rows rows={rowsOf(waiting, words, format)} />
      <div role="status" class="stack">
        <p>{say.waitingText}</p>
        <p class="small quiet">{say.offline.until(format.clock(waiting.expiresAt))}</p>
      </div>
      <p>{say.offline.show}</p>
      <QrCode text={text} label={say.offline.code} />
      <details>
        <summary>{say.offline.asText}</summary>
        <Code text={text} label={say.offline.asText} />
      </details>
      <p class="small">{say.offline.notYet}</p>
      <button
        type="button"
        class="button"
        aria-busy={isBusy}
        onClick={() => {
          setBusy(true);
          void session.refresh().finally(() => setBusy(false));
        }}
      >
        {say.sendAgain}
      </button>
    </section>
  );
}

function NotPaid({ waiting, isMain }: WaitingCardProps) {
  const { words, session, format } = usePage();
  const say = words.pay;
  return (
    <section class="wallet-card refused" role="alert">
      <Heading isMain={isMain}>
        <Icon of={octagonAlert} /> {waiting.state === "over" ? say.overTitle : say.refusedTitle}
      </Heading>
      <Rows rows={rowsOf(waiting, words, format)} />
      <p>{waiting.state === "over" ? say.overText : sentenceOf(waiting, words)}</p>
      <button type="button" class="button" onClick={() => void session.dismiss(waiting.id)}>
        {say.dismiss}
      </button>
    </section>
  );
}

type Rowed = Pick<Waiting, "merchant" | "title" | "amount">;

function rowsOf(
  { merchant, title, amount }: Rowed,
  { pay }: ReturnType<typeof usePage>["words"],
  format: ReturnType<typeof usePage>["format"],
) {
  const named = title === "" ? [] : [[pay.forWhat, title] as const];
  return [[pay.to, merchant] as const, ...named, [pay.amount, format.coins(amount), "strong"] as const];
}

/** The page's own sentence where it has one; else the node's, in the account's language. */
export function sentenceOf(
  { result, sentence }: { result: string; sentence: string },
  { refused }: ReturnType<typeof usePage>["words"],
): string {
  return refused[result] ?? (sentence || (refused.other ?? ""));
}
