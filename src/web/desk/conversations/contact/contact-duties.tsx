import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Download, ShieldCheck, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { type Contact, eraseContact, exportContact } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import { isManager, useMe } from "../../session/session.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { PanelSection, sectionIcon } from "./panel-section.tsx";

/** What a person may ask for by law: all data about them, or their erasure. */
export function ContactDuties({ contact }: { contact: Contact }) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const exporting = useMutation({
    mutationFn: () => call(exportContact, { params: { id: contact.id } }),
    onSuccess: (data) =>
      saveFile(`contact-${contact.id}.json`, JSON.stringify(data, null, 2), "application/json"),
  });
  const mayAct = isManager(useMe());
  return (
    <PanelSection icon={<ShieldCheck {...sectionIcon} />} title={t("duties.title")}>
      {mayAct ? (
        <div className="grid gap-2">
          <Button icon={Download} busy={exporting.isPending} onClick={() => exporting.mutate()}>
            {t("duties.export")}
          </Button>
          <Button icon={Trash2} variant="danger" onClick={() => setAsking(true)}>
            {t("duties.erase")}
          </Button>
          <FailureRows error={exporting.error} />
        </div>
      ) : (
        <p className="text-small text-ink-2">{t("duties.notAllowed")}</p>
      )}
      <EraseDialog contact={contact} isOpen={isAsking} onClose={() => setAsking(false)} />
    </PanelSection>
  );
}

function EraseDialog({ contact, isOpen, onClose }: { contact: Contact; isOpen: boolean; onClose(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const keep = useRef<HTMLButtonElement>(null);
  const erasing = useMutation({
    mutationFn: () => call(eraseContact, { params: { id: contact.id }, body: { confirm: true } }),
    onSuccess: () => {
      client.removeQueries({ queryKey: ["contact", contact.id] });
      void client.invalidateQueries();
      void navigate({ to: "/conversations" });
    },
  });
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("erase.title", { name: contact.name || t("contact.nameless") })}
      closeLabel={t("close")}
      focusFirst={keep}
    >
      <p>{t("erase.text")}</p>
      <FailureRows error={erasing.error} />
      <Answers
        safe={{ label: t("erase.keep"), onClick: onClose, ref: keep }}
        act={{
          label: t("erase.act"),
          onClick: () => erasing.mutate(),
          busy: erasing.isPending,
          danger: true,
        }}
      />
    </Dialog>
  );
}
