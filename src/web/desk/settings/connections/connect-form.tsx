import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createChannel } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import type { ConnectableKind } from "../../conversations/channel-sign.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { type Fields, faultsOf, fieldsOf, inputOf } from "./connect-fields.ts";
import { Walk } from "./walk.tsx";

const secret: readonly string[] = ["token", "appSecret", "password"];

/** Asks for what this kind of channel needs, and says where to find it. */
export function ConnectForm({ kind, onDone }: { kind: ConnectableKind; onDone(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const [fields, setFields] = useState<Fields>({
    name: t(`channel.${kind}`),
    origins: "",
    phoneNumberId: "",
    displayPhone: "",
    token: "",
    appSecret: "",
    botName: "",
    address: "",
    password: "",
    imapServer: "",
    smtpServer: "",
    fromName: "",
  });
  const [isChecked, setChecked] = useState(false);
  const connecting = useMutation({
    mutationFn: () => call(createChannel, { body: inputOf(kind, fields) }),
    onSuccess: (channel) => {
      void client.invalidateQueries({ queryKey: ["channels"] });
      showToast({ text: t("connect.done", { name: channel.name }) });
      onDone();
    },
  });
  const faults = faultsOf(kind, fields, t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(faults).length === 0) connecting.mutate();
  };
  return (
    <Card title={t(`connect.${kind}`)} className="mt-3 max-w-[640px]">
      <form onSubmit={submit} noValidate className="grid gap-3">
        <p className="text-ink-2">{t(`connect.${kind}.text`)}</p>
        <Walk kind={kind} />
        {fieldsOf[kind].map((name) => {
          const shared = {
            label: t(`connect.${name}`),
            help: t.maybe(`connect.${kind}.${name}.help`),
            value: fields[name],
            error: isChecked ? (faults[name] ?? null) : null,
            onChange: (event: { target: { value: string } }) =>
              setFields({ ...fields, [name]: event.target.value }),
          };
          if (name === "origins")
            return <TextArea key={name} rows={3} placeholder="https://www.firma.example" {...shared} />;
          return (
            <TextField
              key={name}
              type={secret.includes(name) ? "password" : "text"}
              autoComplete="off"
              {...shared}
            />
          );
        })}
        <FailureRows error={connecting.error} />
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={connecting.isPending}>
            {t("connect.act")}
          </Button>
          <Button onClick={onDone}>{t("cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}
