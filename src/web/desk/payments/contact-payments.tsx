import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ReceiptEuro } from "lucide-react";
import { useState } from "react";
import { listPayRequests } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { PanelSection, sectionIcon } from "../conversations/contact/panel-section.tsx";
import { RoomWords } from "../text/room-words.tsx";
import { useText } from "../text/use-text.ts";
import { AskDialog } from "./ask-dialog.tsx";
import { freshMs, payKeys, settingsQuery } from "./queries.ts";
import { StateTag } from "./state-tag.tsx";
import { useMoney } from "./use-money.ts";

const shown = 5;

/** What was asked for in this conversation, and asking for more; nothing stands here where nobody could pay. */
export function ContactPayments({ conversationId }: { conversationId: number }) {
  return (
    <RoomWords room="pay" isExtra>
      <Requests key={conversationId} conversationId={conversationId} />
    </RoomWords>
  );
}

function Requests({ conversationId }: { conversationId: number }) {
  const { t } = useText();
  const money = useMoney();
  const [isAsking, setAsking] = useState(false);
  const settings = useQuery(settingsQuery).data;
  const { data } = useQuery({
    queryKey: [...payKeys.requests, "conversation", conversationId],
    queryFn: ({ signal }) => call(listPayRequests, { query: { conversationId, limit: shown } }, signal),
    refetchInterval: freshMs,
  });
  const mayAsk = settings?.canAsk === true;
  if (!data || (data.items.length === 0 && !mayAsk)) return null;
  return (
    <PanelSection icon={<ReceiptEuro {...sectionIcon} />} title={t("pay.payments")}>
      <ul className="grid gap-2 text-small">
        {data.items.map((one) => (
          <li key={one.id} className="grid grid-cols-[1fr_auto] items-start gap-x-2 gap-y-1">
            <Link
              to="/payments/requests/$request"
              params={{ request: String(one.id) }}
              className="min-w-0 wrap-anywhere text-accent-text hover:underline"
            >
              {one.title}
            </Link>
            <span className="text-right whitespace-nowrap tabular-nums">
              {money(one.amountMinor, one.currency)}
            </span>
            <span className="col-span-full justify-self-start">
              <StateTag request={one} />
            </span>
          </li>
        ))}
      </ul>
      {mayAsk && (
        <Button className="mt-3" onClick={() => setAsking(true)}>
          {t("pay.ask")}
        </Button>
      )}
      {isAsking && <AskDialog conversationId={conversationId} onClose={() => setAsking(false)} />}
    </PanelSection>
  );
}
