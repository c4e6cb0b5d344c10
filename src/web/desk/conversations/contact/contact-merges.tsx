import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { UsersRound } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { type Contact, mergeContacts, undoMerge } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { PanelSection, sectionIcon } from "./panel-section.tsx";
import { contactsQuery } from "./queries.ts";

function useChange() {
  const client = useQueryClient();
  return () => {
    // Names and identities of two people changed: everything that shows them.
    for (const queryKey of [["contact"], ["contacts"], ["conversations"], ["conversation"]])
      void client.invalidateQueries({ queryKey });
  };
}

/** "This is the same person": nothing is moved, so each merge can be undone. */
export function ContactMerges({ contact }: { contact: Contact }) {
  const { t, format } = useText();
  const [isSearching, setSearching] = useState(false);
  const changed = useChange();
  const undoing = useMutation({
    mutationFn: (id: number) => call(undoMerge, { params: { id } }),
    onSuccess: () => {
      changed();
      showToast({ text: t("merge.undone") });
    },
  });
  return (
    <PanelSection icon={<UsersRound {...sectionIcon} />} title={t("merge.title")}>
      <ul className="grid gap-1.5 text-small">
        {contact.merges.map((merge) => (
          <li key={merge.id} className="flex items-center justify-between gap-2">
            <span>
              {merge.name || t("contact.nameless")}
              <span className="block text-tiny text-ink-3">
                {t("merge.by", { name: merge.by, date: format.date(merge.mergedAt) })}
              </span>
            </span>
            <Button
              variant="quiet"
              className="px-1"
              busy={undoing.isPending}
              onClick={() => undoing.mutate(merge.id)}
            >
              {t("undo")}
            </Button>
          </li>
        ))}
      </ul>
      <FailureRows error={undoing.error} />
      {isSearching ? (
        <MergeSearch contact={contact} onDone={() => setSearching(false)} />
      ) : (
        <Button className="mt-1 w-full" onClick={() => setSearching(true)}>
          {t("merge.start")}
        </Button>
      )}
    </PanelSection>
  );
}

function MergeSearch({ contact, onDone }: { contact: Contact; onDone(): void }) {
  const { t, format } = useText();
  const [words, setWords] = useState("");
  const found = useQuery(contactsQuery(useDeferredValue(words.trim())));
  const others = found.data?.items.filter(({ id }) => id !== contact.id) ?? [];
  const changed = useChange();
  const undo = (mergeId: number) => void call(undoMerge, { params: { id: mergeId } }).then(changed, changed);
  const merging = useMutation({
    // The other one becomes part of the person that is looked at.
    mutationFn: (other: number) => call(mergeContacts, { params: { id: other }, body: { into: contact.id } }),
    onSuccess: (merged, other) => {
      changed();
      const made = merged.merges.find(({ contactId }) => contactId === other);
      showToast({ text: t("merge.done"), undo: made && { label: t("undo"), onClick: () => undo(made.id) } });
      onDone();
    },
  });
  return (
    <div className="mt-2 grid gap-2">
      <TextField
        label={t("merge.search")}
        type="search"
        autoFocus
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <ul aria-label={t("merge.found")} className="max-h-56 divide-y divide-line overflow-y-auto text-small">
        {others.map((other) => (
          <li key={other.id} className="flex items-center justify-between gap-2 py-1">
            <span className="min-w-0">
              <span className="block truncate font-strong">{other.name || t("contact.nameless")}</span>
              <span className="text-tiny text-ink-2">
                {[other.company, format.date(other.firstSeenAt)].filter(Boolean).join(" · ")}
              </span>
            </span>
            <Button busy={merging.isPending} onClick={() => merging.mutate(other.id)}>
              {t("merge.act")}
            </Button>
          </li>
        ))}
      </ul>
      {found.isSuccess && others.length === 0 && <p className="text-small text-ink-2">{t("merge.none")}</p>}
      <FailureRows error={merging.error ?? found.error} />
      <Button onClick={onDone}>{t("cancel")}</Button>
    </div>
  );
}
