import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createTelephoneLine, type TelephoneLine } from "../../../../skills/telephone/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { LineRow } from "./line-row.tsx";

const kinds = ["sipgate", "placetel", "generic"] as const;

/** Telephone systems that tell of calls, and the way to connect one. */
export function LinesCard({ lines, mayChange }: { lines: readonly TelephoneLine[]; mayChange: boolean }) {
  const { t } = useText();
  return (
    <Card title={t("phone.lines")}>
      <p className="mb-4 max-w-[66ch] text-ink-2">{t("phone.linesText")}</p>
      {lines.length === 0 && <p className="mb-4 font-strong">{t("phone.noLines")}</p>}
      <ul className="mb-4 grid gap-4">
        {lines.map((line) => (
          <LineRow key={line.id} line={line} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange && <ConnectForm />}
    </Card>
  );
}

function ConnectForm() {
  const { t } = useText();
  const client = useQueryClient();
  const [kind, setKind] = useState<TelephoneLine["kind"]>("sipgate");
  const [name, setName] = useState("");
  const [isSigned, setSigned] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const connecting = useMutation({
    mutationFn: () => call(createTelephoneLine, { body: { kind, name: name.trim(), isSigned } }),
    onSuccess: () => {
      setName("");
      setChecked(false);
      void client.invalidateQueries({ queryKey: ["callbacks", "telephone"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim()) connecting.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3 border-t border-line pt-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t("phone.kind")}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`phone.kind.${value}`) }))}
          onChange={(event) => setKind(kinds.find((one) => one === event.target.value) ?? "generic")}
        />
        <TextField
          label={t("phone.name")}
          maxLength={80}
          value={name}
          error={isChecked && !name.trim() ? t("phone.nameMissing") : null}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      {kind !== "sipgate" && (
        <Switch
          label={t("phone.signed")}
          words={{ on: t("on"), off: t("off") }}
          checked={isSigned}
          onChange={setSigned}
        />
      )}
      <FailureRows error={connecting.error} />
      <div>
        <Button type="submit" busy={connecting.isPending}>
          {t("phone.connect")}
        </Button>
      </div>
    </form>
  );
}
