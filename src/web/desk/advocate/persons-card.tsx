import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { listAdvocatePersons } from "../../../skills/advocate/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { FactList } from "./fact-list.tsx";
import { personsKey } from "./queries.ts";

type Person = ReplyOf<typeof listAdvocatePersons>["items"][number];

const personsPerPage = 15;
const kinds = ["contract", "purchase", "loan", "warranty", "appointment"] as const;

/** Whom the advocate looks after; a person's facts open below. */
export function PersonsCard() {
  const { t } = useText();
  const list = useInfiniteQuery({
    queryKey: personsKey,
    queryFn: ({ pageParam, signal }): Promise<ReplyOf<typeof listAdvocatePersons>> =>
      call(listAdvocatePersons, { query: { cursor: pageParam ?? undefined, limit: personsPerPage } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t("advocate.persons")}>
      {list.isPending && <Waiting rows={5} label={t("advocate.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("advocate.notLoaded")} retry={() => void list.refetch()} />
      )}
      {list.isSuccess && items.length === 0 && (
        <>
          <p className="font-strong">{t("advocate.personsNone")}</p>
          <p className="text-ink-2">{t("advocate.personsNoneText")}</p>
        </>
      )}
      <ul className="divide-y divide-line">
        {items.map((person) => (
          <Row key={person.contactId} person={person} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("list.more")}
        </Button>
      )}
    </Card>
  );
}

function Row({ person }: { person: Person }) {
  const { t, format } = useText();
  const [isOpen, setOpen] = useState(false);
  const { contactId, facts, isAgreed, lastWarnedAt } = person;
  const name = person.name || t("advocate.noName");
  const held = kinds.flatMap((kind) => {
    const count = facts[kind] ?? 0;
    return count > 0 ? [t(`advocate.facts.${kind}`, { count })] : [];
  });
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="mr-auto min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-strong wrap-anywhere">
            {name}
            <Tag kind={isAgreed ? "ok" : "off"}>{t(isAgreed ? "advocate.agreed" : "advocate.notAgreed")}</Tag>
          </p>
          <p className="text-small text-ink-2">
            {[
              ...held,
              lastWarnedAt === null
                ? t("advocate.neverWarned")
                : t("advocate.lastWarned", { date: format.date(lastWarnedAt) }),
            ].join(", ")}
          </p>
        </div>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? "advocate.hide" : "advocate.show")}
          <span className="ear-only">: {name}</span>
        </Button>
      </div>
      {isOpen && <FactList contactId={contactId} />}
    </li>
  );
}
