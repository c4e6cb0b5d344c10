import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { putTelephoneSettings, type TelephoneSettings } from "../../../../skills/telephone/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

const MOST_TRIES = 10;

/** How numbers without a country are read, and when a customer reads that we tried. */
export function NumbersCard({ settings }: { settings: TelephoneSettings }) {
  const { t } = useText();
  const client = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const [isChecked, setChecked] = useState(false);
  const saving = useMutation({
    mutationFn: () => call(putTelephoneSettings, { body: draft }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["callbacks", "telephone"] });
      showToast({ text: t("phone.saved") });
    },
  });
  const faults = {
    country: /^[1-9]\d{0,2}$/.test(draft.countryCode) ? null : t("phone.numbersWrong"),
    area: /^(?:[1-9]\d{0,5})?$/.test(draft.areaCode) ? null : t("phone.numbersWrong"),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!faults.country && !faults.area) saving.mutate();
  };
  return (
    <Card title={t("phone.numbers")}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t("phone.country")}
            help={t("phone.countryHelp")}
            inputMode="numeric"
            value={draft.countryCode}
            error={isChecked ? faults.country : null}
            onChange={(event) => setDraft({ ...draft, countryCode: event.target.value.trim() })}
          />
          <TextField
            label={t("phone.area")}
            help={t("phone.areaHelp")}
            inputMode="numeric"
            value={draft.areaCode}
            error={isChecked ? faults.area : null}
            onChange={(event) => setDraft({ ...draft, areaCode: event.target.value.trim() })}
          />
        </div>
        <SelectField
          label={t("phone.tries")}
          help={t("phone.triesHelp")}
          value={String(draft.triesUntilTold)}
          options={Array.from({ length: MOST_TRIES }, (_, n) => ({
            value: String(n + 1),
            label: String(n + 1),
          }))}
          onChange={(event) => setDraft({ ...draft, triesUntilTold: Number(event.target.value) })}
        />
        <FailureRows error={saving.error} />
        <div>
          <Button type="submit" busy={saving.isPending}>
            {t("phone.saveNumbers")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
