import { Outlet } from "@tanstack/react-router";
import { isManager, useMe } from "../session/session.ts";
import { Page } from "../shell/page.tsx";
import { RoomWords } from "../text/room-words.tsx";
import { useText } from "../text/use-text.ts";

/** The owner's Monday page and what it costs; its sentences come with it. */
export function WeekRoom() {
  const mayRead = isManager(useMe());
  return <RoomWords room="week">{mayRead ? <Outlet /> : <NotForMe />}</RoomWords>;
}

function NotForMe() {
  const { t } = useText();
  return (
    <Page title={t("week.title")}>
      <p className="text-ink-2">{t("house.managersOnly")}</p>
    </Page>
  );
}
