import { useState } from "react";
import type { CoinSetup, ProposalContent } from "../../../../skills/wallet/api.ts";
import { Choice } from "../../../ui/choice.tsx";
import { TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import type { FieldsProps } from "./propose-dialog.tsx";

interface Draft {
  council: "governors" | "attestors";
  members: readonly number[];
  needed: string;
  /** Of somebody with a key and without a seat: their seat comes first. */
  seat: string;
}

const councils = ["governors", "attestors"] as const;

/** Who decides from now on; a new member gets a seat first. */
export function CouncilFields({ coin, onChange }: FieldsProps) {
  const { t } = useText();
  const [draft, setDraft] = useState<Draft>({ council: "governors", members: [], needed: "2", seat: "" });
  const waiting = coin.council.filter(({ isSeated }) => !isSeated);
  const seated = coin.council.filter(({ council, isSeated }) => isSeated && council === draft.council);
  const set = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(contentOf(next));
  };
  return (
    <>
      {waiting.length > 0 && (
        <Choice
          label={t("coin.council.seatWhom")}
          help={t("coin.council.seatHelp")}
          value={draft.seat}
          options={[
            { value: "", label: t("coin.council.noSeat") },
            ...waiting.map(({ id, name, council }) => ({
              value: String(id),
              label: name,
              help: t(`coin.council.${council}`),
            })),
          ]}
          onChange={(seat) => set({ seat })}
        />
      )}
      {draft.seat === "" && (
        <>
          <Choice
            label={t("coin.council")}
            value={draft.council}
            options={councils.map((value) => ({ value, label: t(`coin.council.${value}`) }))}
            onChange={(council) => set({ council, members: [] })}
          />
          <Members seated={seated} members={draft.members} onChange={(members) => set({ members })} />
          <TextField
            label={t("coin.council.needed")}
            type="number"
            min={1}
            max={Math.max(1, draft.members.length)}
            value={draft.needed}
            onChange={(event) => set({ needed: event.target.value })}
          />
        </>
      )}
    </>
  );
}

function contentOf({ seat, council, members, needed }: Draft): ProposalContent | null {
  if (seat !== "") return { kind: "seat", member: Number(seat) };
  const k = Number(needed);
  const fits = Number.isInteger(k) && k >= 1 && k <= members.length;
  return fits ? { kind: "council", council, needed: k, members: [...members] } : null;
}

interface MembersProps {
  seated: CoinSetup["council"];
  members: readonly number[];
  onChange(members: readonly number[]): void;
}

function Members({ seated, members, onChange }: MembersProps) {
  const { t } = useText();
  return (
    <fieldset className="grid gap-1">
      <legend className="text-small font-strong">{t("coin.council.members")}</legend>
      {seated.map(({ id, name }) => (
        <label key={id} className="flex min-h-(--ah-control) items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-(--ah-accent)"
            checked={members.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...members, id] : members.filter((one) => one !== id))
            }
          />
          <span className="min-w-0 wrap-anywhere">{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
