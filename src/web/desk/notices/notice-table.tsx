import { Link } from "@tanstack/react-router";
import type { Notice } from "../../../skills/notices/api.ts";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { NoticeStateTag } from "./state-tag.tsx";

/** Notices, newest first; the whole name is the way in. */
export function NoticeTable({ notices }: { notices: readonly Notice[] }) {
  const { t } = useText();
  return (
    <table className="w-full text-desk">
      <thead>
        <tr className="border-b-[1.5px] border-ink text-left text-small">
          <th className="py-2 pr-3 font-strong">{t("notices.notice")}</th>
          <th className="hidden px-3 py-2 font-strong sm:table-cell">{t("notices.topic")}</th>
          <th className="hidden px-3 py-2 font-strong sm:table-cell">{t("notices.stands")}</th>
          <th className="py-2 pl-3 text-right font-strong">{t("notices.when")}</th>
        </tr>
      </thead>
      <tbody>
        {notices.map((notice) => (
          <Row key={notice.id} notice={notice} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ notice }: { notice: Notice }) {
  const { t, language, format } = useText();
  const now = useNow();
  const { id, title, topicTitle, phase } = notice;
  const when = notice.endedAt ?? notice.startedAt ?? notice.scheduledAt ?? notice.createdAt;
  const topic = topicTitle[language] || topicTitle.de || topicTitle.en;
  return (
    <tr className="h-(--ah-row) border-b border-line">
      <td className="py-1.5 pr-3">
        <Link
          to="/notices/$notice"
          params={{ notice: String(id) }}
          className="font-strong wrap-anywhere text-ink underline-offset-4 hover:underline"
        >
          {title}
        </Link>
        {phase !== "alert" && (
          <span className="block text-tiny text-ink-2">{t(`notices.phase.${phase}`)}</span>
        )}
        <span className="mt-1 flex flex-wrap items-center gap-2 text-tiny text-ink-2 sm:hidden">
          <NoticeStateTag notice={notice} /> {topic}
        </span>
      </td>
      <td className="hidden px-3 wrap-anywhere sm:table-cell">{topic}</td>
      <td className="hidden px-3 sm:table-cell">
        <NoticeStateTag notice={notice} />
      </td>
      <td className="pl-3 text-right whitespace-nowrap text-ink-2">{format.moment(when, now)}</td>
    </tr>
  );
}
