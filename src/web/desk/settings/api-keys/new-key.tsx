import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createApiKey } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

const roles = ["agent", "manager", "owner"] as const;

/** Makes a key; its secret is shown once. */
export function NewKey() {
  const { t } = useText();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<(typeof roles)[number]>("agent");
  const [isChecked, setChecked] = useState(false);
  const making = useMutation({
    mutationFn: () => call(createApiKey, { body: { name: name.trim(), role } }),
    onSuccess: () => {
      setName("");
      setChecked(false);
      void client.invalidateQueries({ queryKey: ["api-keys"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim()) making.mutate();
  };
  return (
    <Card title={t("keys.new")}>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <TextField
          label={t("keys.name")}
          help={t("keys.nameHelp")}
          maxLength={80}
          value={name}
          error={isChecked && !name.trim() ? t("connect.missing") : null}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={t("staff.role")}
          help={t(`role.${role}.help`)}
          value={role}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(event) => setRole(event.target.value as typeof role)}
        />
        <FailureRows error={making.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={making.isPending}>
          {t("keys.act")}
        </Button>
      </form>
      {making.data && (
        <div role="status" className="mt-4 grid gap-2 border-t border-line pt-4">
          <StateLine kind="ok">{t("keys.madeNow", { name: making.data.key.name })}</StateLine>
          <CopyRow
            label={t("keys.secret")}
            value={making.data.secret}
            words={{ copy: t("copy"), copied: t("copied") }}
          />
          <p className="text-small text-ink-2">{t("keys.secretHelp")}</p>
        </div>
      )}
    </Card>
  );
}
