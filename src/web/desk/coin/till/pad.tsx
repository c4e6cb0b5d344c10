import { useMutation } from "@tanstack/react-query";
import { Delete } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { createTillRequest, type TillMembership } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { useMoney } from "../money.ts";
import { CoinRefusal } from "../refusal.tsx";
import { readySound } from "./paid-sound.ts";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "0"] as const;
/** 99.999,99 is the most that a till takes at once. */
const MOST_DIGITS = 7;

/** The amount, as on every till: cents come in from the right. By touch, keyboard and scanner. */
export function Pad({ member, onAsked }: { member: TillMembership; onAsked(id: number): void }) {
  const { t } = useText();
  const money = useMoney();
  const { symbol } = member.coin;
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [minor, setMinor] = useState(0);
  const [title, setTitle] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const change = (next: number) => {
    setMinor(next);
    setEmpty(false);
    setKey(crypto.randomUUID());
  };
  const press = (digits: string) => {
    const next = Number(`${minor}${digits}`);
    if (String(next).length <= MOST_DIGITS) change(next);
  };
  const asking = useMutation({
    mutationFn: () =>
      call(createTillRequest, {
        body: {
          key,
          membershipId: member.id,
          amountMinor: minor,
          title: title.trim() || t("till.defaultTitle"),
        },
      }),
    onSuccess: ({ id }) => onAsked(id),
  });
  useDigits(press, () => change(Math.floor(minor / 10)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A browser lets a page sound only after a touch: this is the one.
    readySound();
    setEmpty(minor === 0);
    if (minor > 0) asking.mutate();
  };
  return (
    <Card>
      <form onSubmit={submit} className="grid gap-4">
        <output
          aria-label={t("till.amount")}
          className="block border-b-2 border-ink pb-2 text-right font-head text-display font-heavy"
        >
          {money.plain(minor)} <span className="text-h2 font-text text-ink-2">{symbol}</span>
        </output>
        <fieldset className="grid grid-cols-3 gap-2">
          <legend className="ear-only">{t("till.pad")}</legend>
          {DIGITS.map((digits) => (
            <Button key={digits} className="min-h-14 text-h2" onClick={() => press(digits)}>
              {digits}
            </Button>
          ))}
          <IconButton
            icon={Delete}
            label={t("till.delete")}
            className="h-14 w-full border border-line-strong"
            onClick={() => change(Math.floor(minor / 10))}
          />
        </fieldset>
        <TextField
          label={t("till.for")}
          help={t("till.forHelp")}
          maxLength={140}
          value={title}
          onChange={(event) => {
            setTitle(event.target.value);
            setKey(crypto.randomUUID());
          }}
        />
        {isEmpty && (
          <p role="alert">
            <StateLine kind="bad">{t("till.amountMissing")}</StateLine>
          </p>
        )}
        <CoinRefusal error={asking.error} />
        <Button type="submit" variant="primary" className="min-h-14" busy={asking.isPending}>
          {minor === 0 ? t("till.ask") : t("till.askFor", { amount: money.coins(minor, symbol) })}
        </Button>
      </form>
    </Card>
  );
}

/** Digits typed anywhere on the page count, as long as no field has the focus. */
function useDigits(press: (digits: string) => void, erase: () => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (isField || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/.test(event.key)) press(event.key);
      else if (event.key === "Backspace") erase();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  }, [press, erase]);
}
