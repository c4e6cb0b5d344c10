import { type FormEvent, useState } from "react";
import type { BodyOf, Channel, updateChannel } from "#kernel/api";
import { Button } from "../../../ui/button.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { useText } from "../../text/use-text.ts";
import { originsOf, readOrigins } from "./origins.ts";

type Change = BodyOf<typeof updateChannel>;

interface EditorProps {
  channel: Channel;
  onSave(change: Change): Promise<unknown>;
  isBusy: boolean;
}

/** Name, allowed pages, a new token; closed until wanted. */
export function ChannelEditor({ channel, onSave, isBusy }: EditorProps) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button variant="quiet" className="mt-3 px-0!" onClick={() => setOpen(true)}>
        {t("channels.edit")}
      </Button>
    );
  }
  const save = async (change: Change) => {
    await onSave(change);
    showToast({ text: t("channels.saved", { name: channel.name }) });
    setOpen(false);
  };
  return (
    <OpenEditor
      channel={channel}
      onSave={(change) => void save(change).catch(() => {})}
      isBusy={isBusy}
      onClose={() => setOpen(false)}
    />
  );
}

interface OpenProps {
  channel: Channel;
  onSave(change: Change): void;
  isBusy: boolean;
  onClose(): void;
}

function OpenEditor({ channel, onSave, isBusy, onClose }: OpenProps) {
  const { t } = useText();
  const [name, setName] = useState(channel.name);
  const [origins, setOrigins] = useState(originsOf(channel.settings).join("\n"));
  const [phone, setPhone] = useState(String(channel.settings.displayPhone ?? channel.address));
  const [token, setToken] = useState("");
  const read = readOrigins(origins);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read.faults.length > 0) return;
    onSave({
      name,
      ...(channel.kind === "web" && { origins: read.origins }),
      ...(channel.kind === "whatsapp" && { displayPhone: phone }),
      ...(token && { token }),
    });
  };
  return (
    <form onSubmit={submit} className="mt-4 grid gap-3 border-t border-line pt-4">
      <TextField
        label={t("channels.name")}
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {channel.kind === "web" && (
        <TextArea
          label={t("channels.origins")}
          help={t("channels.originsHelp")}
          rows={3}
          value={origins}
          error={
            read.faults.length > 0 ? t("channels.originFault", { origin: read.faults.join(", ") }) : null
          }
          onChange={(event) => setOrigins(event.target.value)}
        />
      )}
      {channel.kind === "whatsapp" && (
        <TextField
          label={t("channels.phone")}
          maxLength={30}
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
        />
      )}
      {channel.kind !== "web" && (
        <TextField
          label={t(channel.kind === "email" ? "channels.newPassword" : "channels.newToken")}
          help={t("channels.newTokenHelp")}
          type="password"
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {t("save")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
