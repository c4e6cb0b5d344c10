import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { ReplyOf } from "#kernel/api";
import { type getWeek, setWeekMail } from "../../../skills/week/api.ts";
import { call } from "../../client/call.ts";
import { Switch } from "../../ui/switch.tsx";
import { showToast } from "../../ui/toast.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { Panel } from "./panel.tsx";
import { weekKey } from "./queries.ts";
import { useWords } from "./use-words.ts";

type Mail = ReplyOf<typeof getWeek>["mail"];

/** The same by mail; one click on, one click off, and the mail's own link switches it off. */
export function MailPanel({ mail }: { mail: Mail }) {
  const { t, format, language } = useText();
  const { day } = useWords();
  const now = useNow();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { mail: wish } = useSearch({ from: "/shell/monday/" });
  const asked = useRef(false);
  const setting = useMutation({
    mutationFn: (isOn: boolean) => call(setWeekMail, { body: { isOn, language } }),
    onSuccess: (_, isOn) => {
      void client.invalidateQueries({ queryKey: weekKey });
      if (!isOn)
        showToast({
          text: t("week.mailOff"),
          undo: { label: t("undo"), onClick: () => setting.mutate(true) },
        });
    },
  });
  const { mutate } = setting;
  // The link of the mail: only who is signed in gets here, so no program that opens links switches anything.
  useEffect(() => {
    if (wish !== "off" || asked.current) return;
    asked.current = true;
    if (mail.isOn) mutate(false);
    void navigate({ to: "/monday", search: {}, replace: true });
  }, [wish, mail.isOn, mutate, navigate]);
  if (mail.may === "not_owner") return null;
  return (
    <Panel title={t("week.mail")}>
      {mail.may === "no_mailbox" && !mail.isOn ? (
        <p className="text-small text-ink-2">{t("week.noMailbox")}</p>
      ) : (
        <Switch
          label={t("week.mailSwitch")}
          help={
            mail.isOn ? t("week.mailNext", { when: format.moment(mail.nextAt, now) }) : t("week.mailHelp")
          }
          words={{ on: t("on"), off: t("off") }}
          checked={mail.isOn}
          onChange={(isOn) => setting.mutate(isOn)}
        />
      )}
      {mail.doubtful !== null && (
        <p className="text-small text-ink-2">{t("week.mailDoubtful", { day: day(mail.doubtful) })}</p>
      )}
      <FailureRows error={setting.error} />
    </Panel>
  );
}
