import type { Notice } from "../../../skills/notices/api.ts";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

const kinds: Record<Notice["state"], TagKind> = {
  draft: "plain",
  scheduled: "info",
  sending: "info",
  done: "ok",
  stopped: "warn",
  expired: "past",
};

/** Where a notice stands, in a word. */
export function NoticeStateTag({ notice }: { notice: Pick<Notice, "state" | "needsRelease"> }) {
  const { t } = useText();
  return (
    <Tag kind={kinds[notice.state]}>
      {notice.needsRelease ? t("notices.needsRelease") : t(`notices.state.${notice.state}`)}
    </Tag>
  );
}
