import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { testNotice } from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { contactsQuery } from "../../conversations/contact/queries.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

const shownContacts = 5;

/** Sends it to one person who is subscribed; counts nowhere. */
export function TestCard({ id }: { id: number }) {
  const { t } = useText();
  const [words, setWords] = useState("");
  const asked = useDeferredValue(words.trim());
  const found = useQuery({ ...contactsQuery(asked), enabled: asked !== "" });
  const items = asked === "" ? [] : (found.data?.items.slice(0, shownContacts) ?? []);
  const testing = useMutation({
    mutationFn: (contactId: number) => call(testNotice, { params: { id }, body: { contactId } }),
  });
  const result = testing.data;
  return (
    <Card title={t("notices.test")} aside={t("notices.testAside")}>
      <TextField
        label={t("notices.testTo")}
        help={t("notices.testHelp")}
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <ul aria-label={t("merge.found")} className="mt-2 divide-y divide-line">
        {items.map((contact) => {
          const name = contact.name || t("contact.nameless");
          return (
            <li key={contact.id} className="flex items-center justify-between gap-2 py-1.5">
              <span className="min-w-0 truncate font-strong">{name}</span>
              <Button
                aria-label={t("notices.testSendTo", { name })}
                busy={testing.isPending && testing.variables === contact.id}
                onClick={() => testing.mutate(contact.id)}
              >
                {t("notices.testSend")}
              </Button>
            </li>
          );
        })}
      </ul>
      {asked !== "" && found.isSuccess && items.length === 0 && (
        <p className="text-small text-ink-2">{t("merge.none")}</p>
      )}
      <FailureRows error={testing.error ?? found.error} />
      <div role="status" className="mt-2">
        {result?.queued && (
          <StateLine kind="ok">
            {t("notices.testOnItsWay")}{" "}
            {result.conversationId !== null && (
              <Link
                to="/conversations/$id"
                params={{ id: result.conversationId }}
                className="underline underline-offset-4"
              >
                {t("callbacks.conversation")}
              </Link>
            )}
          </StateLine>
        )}
        {result && !result.queued && (
          <StateLine kind="bad">
            {t("notices.testNot", {
              reason: t.maybe(`notices.reason.${result.reason}`) ?? result.reason ?? "",
            })}
          </StateLine>
        )}
      </div>
    </Card>
  );
}
