import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  type Connection,
  createLookupConnection,
  replaceLookupConnection,
  testLookupConnection,
} from "../../../../skills/lookup/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { type Fields, faultsOf, isAddressRefused, keysOf, knows } from "./register-fields.ts";

interface FormProps {
  kind: Connection["kind"];
  /** The one that is changed; a new one without it. */
  connection?: Connection;
  onDone(): void;
}

/** Asks for what this kind wants, saves it, and tests it at once. */
export function RegisterForm({ kind, connection, onDone }: FormProps) {
  const { t } = useText();
  const client = useQueryClient();
  const [fields, setFields] = useState<Fields>({
    name: connection?.name ?? t(`lookup.kind.${kind}`),
    address: connection?.address ?? "",
    prefix: connection?.prefix ?? "",
    kinds: connection?.kinds ?? ["order"],
    keys: {},
  });
  const [isChecked, setChecked] = useState(false);
  const change = (part: Partial<Fields>) => setFields({ ...fields, ...part });
  const isElsewhere = connection !== undefined && connection.address !== fields.address.trim();
  const mayKeep = connection?.hasKeys === true && !isElsewhere;
  const saving = useMutation({
    mutationFn: async () => {
      const saved = await save(kind, fields, connection);
      return kind === "csv" ? saved : call(testLookupConnection, { params: { id: saved.id } });
    },
    onSuccess: ({ name }) => {
      void client.invalidateQueries({ queryKey: ["registers"] });
      showToast({ text: t("lookup.saved", { name }) });
      onDone();
    },
  });
  const faults = faultsOf(kind, fields, mayKeep);
  const faultOf = (name: string) => {
    const fault = isChecked ? faults[name] : undefined;
    return fault ? t(fault) : null;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(faults).length === 0) saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-3">
      <p className="text-ink-2">{t(`lookup.text.${kind}`)}</p>
      <TextField
        label={t("lookup.name")}
        maxLength={80}
        value={fields.name}
        error={faultOf("name")}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={t(kind === "csv" ? "lookup.address.csv" : "lookup.address")}
        help={t(kind === "csv" ? "lookup.address.csvHelp" : "lookup.address.shop")}
        inputMode="url"
        autoComplete="off"
        maxLength={500}
        value={fields.address}
        error={faultOf("address") ?? (isAddressRefused(saving.error) ? t("lookup.plainAddress") : null)}
        onChange={(event) => change({ address: event.target.value })}
      />
      {keysOf[kind].map((key) => (
        <TextField
          key={key}
          type="password"
          autoComplete="off"
          label={t(`lookup.key.${key}`)}
          help={mayKeep ? t("lookup.keyKept") : undefined}
          maxLength={500}
          value={fields.keys[key] ?? ""}
          error={faultOf(key)}
          onChange={(event) => change({ keys: { ...fields.keys, [key]: event.target.value } })}
        />
      ))}
      <TextField
        label={t("lookup.prefix")}
        help={t("lookup.prefixHelp")}
        maxLength={12}
        value={fields.prefix}
        onChange={(event) => change({ prefix: event.target.value })}
      />
      <KindBoxes
        kind={kind}
        fields={fields}
        fault={faultOf("kinds")}
        onChange={(kinds) => change({ kinds })}
      />
      <FailureRows error={saving.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={saving.isPending}>
          {t("lookup.save")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

async function save(kind: Connection["kind"], fields: Fields, connection: Connection | undefined) {
  const { name, address, prefix, kinds } = fields;
  const keys = Object.fromEntries(
    keysOf[kind].flatMap((key) => (fields.keys[key] ? [[key, fields.keys[key] ?? ""]] : [])),
  );
  const input = {
    name,
    address: address.trim(),
    prefix,
    kinds: [...kinds],
    active: connection?.active ?? true,
  };
  if (!connection) return call(createLookupConnection, { body: { kind, keys, ...input } });
  const isKept = Object.keys(keys).length === 0;
  const body = { ...input, keys: isKept ? null : keys };
  return call(replaceLookupConnection, { params: { id: connection.id }, body });
}

/** What it is asked about; only where there is more than one thing it could know. */
function KindBoxes({
  kind,
  fields,
  fault,
  onChange,
}: {
  kind: Connection["kind"];
  fields: Fields;
  fault: string | null;
  onChange(kinds: Fields["kinds"]): void;
}) {
  const { t } = useText();
  return (
    <fieldset>
      <legend className="text-small font-strong">{t("lookup.kinds")}</legend>
      <div className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1">
        {knows[kind].map((of) => (
          <label key={of} className="flex min-h-8 cursor-pointer items-center gap-2 text-desk">
            <input
              type="checkbox"
              className="size-4 accent-(--ah-accent)"
              checked={fields.kinds.includes(of)}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...fields.kinds, of] : fields.kinds.filter((one) => one !== of),
                )
              }
            />
            {t(`lookup.of.${of}`)}
          </label>
        ))}
      </div>
      {fault && <p className="text-small font-medium text-bad">{fault}</p>}
    </fieldset>
  );
}
