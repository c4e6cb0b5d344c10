import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { type CoinSetup, joinCouncil, leaveCouncil } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { keepKeyPair } from "../../../coin-key/key-store.ts";
import { makeKey, publicKeyOf } from "../../../coin-key/p256-key.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";

type Council = "governors" | "attestors";
const councils = ["governors", "attestors"] as const;

/** Who decides. Everybody makes their own key in their own browser; no key ever leaves it. */
export function CouncilCard({ coin }: { coin: CoinSetup }) {
  const { t } = useText();
  return (
    <Card title={t("coin.council")}>
      <p className="mb-4 max-w-[66ch] text-small text-ink-2">{t("coin.councilText")}</p>
      <div className="grid gap-5">
        {councils.map((council) => (
          <Members key={council} coin={coin} council={council} />
        ))}
      </div>
      <Join />
    </Card>
  );
}

function Members({ coin, council }: { coin: CoinSetup; council: Council }) {
  const { t } = useText();
  const { role } = useMe();
  const refresh = useCoinChange();
  const members = coin.council.filter((one) => one.council === council);
  const needed = council === "governors" ? coin.governorsNeeded : coin.attestorsNeeded;
  const leaving = useMutation({
    mutationFn: (id: number) => call(leaveCouncil, { params: { id } }),
    onSuccess: refresh,
  });
  const mayLeave = role === "owner" && coin.state === "draft";
  return (
    <section>
      <h3 className="flex flex-wrap justify-between gap-x-4 border-b-[1.5px] border-ink pb-2">
        {t(`coin.council.${council}`)}
        <span className="text-small font-text text-ink-2">
          {t("coin.kOfN", { needed, members: members.length })}
        </span>
      </h3>
      <ul className="divide-y divide-line">
        {members.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 wrap-anywhere">{one.name}</span>
            {one.isMe && <Tag kind="info">{t("coin.me")}</Tag>}
            {!one.isSeated && coin.state === "open" && <Tag kind="warn">{t("coin.notSeated")}</Tag>}
            {mayLeave && (
              <Button
                variant="quiet"
                className="ml-auto"
                aria-label={t("coin.takeOutName", { name: one.name })}
                busy={leaving.isPending && leaving.variables === one.id}
                onClick={() => leaving.mutate(one.id)}
              >
                {t("coin.takeOut")}
              </Button>
            )}
          </li>
        ))}
        {members.length === 0 && <li className="py-2 text-ink-2">{t("coin.nobody")}</li>}
      </ul>
      <CoinRefusal error={leaving.error} />
    </section>
  );
}

function Join() {
  const { t } = useText();
  const me = useMe();
  const refresh = useCoinChange();
  const [council, setCouncil] = useState<Council>("governors");
  const joining = useMutation({
    mutationFn: async () => {
      const pair = await makeKey();
      const key = await publicKeyOf(pair);
      // Kept first: a key that the coin knows and no browser has would be a seat that never signs.
      await keepKeyPair(key, pair);
      return call(joinCouncil, { body: { council, key, name: me.user.name.slice(0, 60) } });
    },
    onSuccess: refresh,
  });
  return (
    <div className="mt-5 grid gap-3 border-t border-line pt-4">
      <Choice
        label={t("coin.joinAs")}
        value={council}
        options={councils.map((value) => ({ value, label: t(`coin.seat.${value}`) }))}
        onChange={(next) => setCouncil(next)}
      />
      <Button
        icon={KeyRound}
        className="justify-self-start"
        busy={joining.isPending}
        onClick={() => joining.mutate()}
      >
        {t("coin.join")}
      </Button>
      <p className="text-small text-ink-2">{t("coin.joinHelp")}</p>
      <CoinRefusal error={joining.error} />
    </div>
  );
}
