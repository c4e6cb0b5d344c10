/** @jsxImportSource preact */
import circleCheck from "lucide-react/icons/circle-check";
import clock from "lucide-react/icons/clock";
import history from "lucide-react/icons/history";
import printer from "lucide-react/icons/printer";
import { Icon } from "../../customer-page/icon.tsx";
import type { Asked, Me } from "../contract.ts";
import { usePage } from "./context.ts";
import { Rows } from "./parts.tsx";

const SIGNS: Record<Asked["state"], typeof clock> = {
  open: clock,
  held: clock,
  paid: circleCheck,
  part_refunded: circleCheck,
  refunded: history,
  returned: history,
  expired: history,
  cancelled: history,
};

/** What became of a request, with what others can find it by. */
export function ReceiptCard({ asked, me }: { asked: Asked; me: Me | null }) {
  const { words, format, go } = usePage();
  const say = words.pay;
  const { title, text } = say.state[asked.state];
  const { receipt, merchant, amount, coin, until } = asked;
  return (
    <section class="wallet-card receipt" aria-labelledby="receipt">
      <div class="row said-state" role="status">
        <span class="mark">
          <Icon of={SIGNS[asked.state]} size={32} />
        </span>
        <div>
          <h1 id="receipt">{title}</h1>
          {receipt && <p class="small quiet">{format.moment(receipt.paidAt)}</p>}
        </div>
      </div>
      {text && <p>{text}</p>}
      {asked.state === "held" && until !== null && <p class="small">{say.holdText(format.moment(until))}</p>}
      <Rows
        rows={[
          [say.to, merchant.name],
          [say.forWhat, asked.title],
          [
            say.amount,
            format.amount(receipt?.amount ?? amount) + (coin.symbol ? ` ${coin.symbol}` : ""),
            "strong",
          ],
          ...(receipt && receipt.refundedAmount > 0
            ? [[say.refunded, format.coins(receipt.refundedAmount)] as const]
            : []),
          ...(me && receipt ? [[say.newBalance, format.coins(me.balance)] as const] : []),
        ]}
      />
      {receipt && (
        <div class="foot-of-card">
          <dl class="codes">
            <div>
              <dt>{say.booking}</dt>
              <dd>
                <code>{spaced(receipt.txId)}</code>
              </dd>
            </div>
            <div>
              <dt>{say.block}</dt>
              <dd>
                <code>{receipt.height}</code>
              </dd>
            </div>
          </dl>
          <p class="links">
            <button type="button" class="text-button" onClick={() => window.print()}>
              <Icon of={printer} /> {say.print}
            </button>
            {me && (
              <button type="button" class="text-button" onClick={() => go({ name: "check" })}>
                {say.checkLink}
              </button>
            )}
          </p>
        </div>
      )}
    </section>
  );
}

const spaced = (text: string): string => text.replace(/.{4}(?=.)/g, "$& ");
