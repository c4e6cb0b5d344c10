import { useMutation } from "@tanstack/react-query";
import { Check, PenLine } from "lucide-react";
import {
  type CoinSetup,
  type Proposal,
  signProposal,
  withdrawProposal,
} from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { readKeyPair } from "../../../coin-key/key-store.ts";
import { publicKeyOf, signBody, toHex } from "../../../coin-key/p256-key.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { StateLine, Tag, type TagKind } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";
import { readBody } from "./read-body.ts";
import { useWhat } from "./use-what.ts";

const kinds: Record<Proposal["state"], TagKind> = {
  open: "turn",
  applied: "ok",
  refused: "bad",
  expired: "past",
  withdrawn: "off",
};

/** One proposal: what happens, why, who has signed, and the member's own signature. */
export function ProposalCard({ proposal, coin }: { proposal: Proposal; coin: CoinSetup }) {
  const { t, format, language } = useText();
  const say = useWhat(coin);
  const { state, signers, needed, note } = proposal;
  const signed = signers.filter(({ signedAt }) => signedAt !== null).length;
  const isMyTurn = state === "open" && signers.some(({ isMe, signedAt }) => isMe && signedAt === null);
  return (
    <Card
      title={say(proposal.what)}
      aside={
        <Tag kind={state === "open" && !isMyTurn ? "plain" : kinds[state]}>
          {t(isMyTurn ? "coin.proposal.yourTurn" : `coin.proposal.${state}`)}
        </Tag>
      }
    >
      {note !== "" && <p className="mb-2 max-w-[66ch] wrap-anywhere whitespace-pre-line">{note}</p>}
      <p className="text-small text-ink-2">
        {t("coin.proposal.by", {
          name: proposal.proposedBy,
          at: format.moment(proposal.createdAt, Date.now()),
        })}
        {state === "open" &&
          ` · ${t("coin.proposal.until", { at: format.moment(proposal.expiresAt, Date.now()) })}`}
      </p>
      <ul className="mt-3 grid gap-1 border-t border-line pt-3 text-small">
        {signers.map(({ account, name, signedAt }) => (
          <li key={account} className="flex items-center gap-2">
            {signedAt ? (
              <Check size={16} strokeWidth={2} aria-hidden="true" className="shrink-0 text-ok" />
            ) : (
              <span aria-hidden="true" className="size-4 shrink-0 rounded-1 border border-line-strong" />
            )}
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <span className="ml-auto text-ink-2">
              {signedAt
                ? t("coin.proposal.signedAt", { at: format.moment(signedAt, Date.now()) })
                : t("coin.proposal.notSigned")}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-small text-ink-2">{t("coin.proposal.count", { signed, needed })}</p>
      {proposal.sentence[language] !== "" && state !== "open" && (
        <p className="mt-2">
          <StateLine kind={state === "applied" ? "ok" : "bad"}>{proposal.sentence[language]}</StateLine>
        </p>
      )}
      {state === "open" && <Actions proposal={proposal} coin={coin} isMyTurn={isMyTurn} />}
    </Card>
  );
}

/** Told apart from what the node refuses: nothing was sent. */
class NoKey extends Error {}
/** The node's bytes do something else than the card says. */
class OtherBytes extends Error {}

function Actions({ proposal, coin, isMyTurn }: { proposal: Proposal; coin: CoinSetup; isMyTurn: boolean }) {
  const { t } = useText();
  const refresh = useCoinChange();
  const signing = useMutation({ mutationFn: () => sign(proposal, coin), onSuccess: refresh });
  const leaving = useMutation({
    mutationFn: () => call(withdrawProposal, { params: { id: proposal.id } }),
    onSuccess: refresh,
  });
  return (
    <div className="mt-4 grid gap-2">
      <div className="flex flex-wrap gap-2">
        {isMyTurn && (
          <Button variant="primary" icon={PenLine} busy={signing.isPending} onClick={() => signing.mutate()}>
            {t("coin.proposal.sign")}
          </Button>
        )}
        <Button busy={leaving.isPending} onClick={() => leaving.mutate()}>
          {t("coin.proposal.withdraw")}
        </Button>
      </div>
      {signing.error instanceof NoKey || signing.error instanceof OtherBytes ? (
        <p role="alert">
          <StateLine kind="bad">
            {t(signing.error instanceof NoKey ? "coin.proposal.noKey" : "coin.proposal.otherBytes")}
          </StateLine>
        </p>
      ) : (
        <CoinRefusal error={signing.error ?? leaving.error} />
      )}
    </div>
  );
}

/** Signs every body that names a seat of mine, by the key that this browser made for it. @throws NoKey, OtherBytes */
async function sign(proposal: Proposal, coin: CoinSetup): Promise<void> {
  const seats = proposal.signers.filter(({ isMe, signedAt }) => isMe && signedAt === null);
  for (const { account } of seats) {
    const seat = coin.council.find((one) => one.account === account);
    const pair = seat && (await readKeyPair(seat.key));
    if (!pair) throw new NoKey();
    const me = { account, point: await publicKeyOf(pair) };
    const mine = proposal.bodies.filter(({ signers }) => signers.includes(account));
    const bodies = mine.map(({ body }) => readBody(body, { what: proposal.what, coin, me, now: Date.now() }));
    const signatures = [];
    for (const body of bodies) {
      if (!body) throw new OtherBytes();
      signatures.push(toHex(await signBody(pair, body)));
    }
    await call(signProposal, { params: { id: proposal.id }, body: { account, signatures } });
  }
}
