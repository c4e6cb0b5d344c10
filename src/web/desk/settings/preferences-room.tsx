import { useMutation, useQueryClient } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { signOut } from "../../client/session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Switch } from "../../ui/switch.tsx";
import { changePreferences, languageOf, usePreferences } from "../session/preferences.ts";
import { useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { CompanyChoice } from "./company-choice.tsx";
import { PasswordCard } from "./password-card.tsx";

/** What each person sets for this browser; changes count at once. */
export function PreferencesRoom() {
  const { t } = useText();
  const session = useMe();
  return (
    <Page
      title={t("house.me")}
      subtitle={`${session.user.name} · ${session.user.email}`}
      actions={<SignOut />}
    >
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <LookCard />
        <KeysCard />
        <CompanyChoice />
        <PasswordCard />
      </div>
    </Page>
  );
}

function LookCard() {
  const { t } = useText();
  const chosen = usePreferences();
  return (
    <Card title={t("me.look")}>
      <div className="grid gap-4">
        <Choice
          label={t("me.theme")}
          value={chosen.theme}
          options={(["system", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`me.theme.${value}`),
          }))}
          onChange={(theme) => changePreferences({ theme })}
        />
        <Choice
          label={t("me.density")}
          help={t("me.densityHelp")}
          value={chosen.density}
          options={(["ruhig", "dicht"] as const).map((value) => ({ value, label: t(`me.density.${value}`) }))}
          onChange={(density) => changePreferences({ density })}
        />
        <Choice
          label={t("me.language")}
          value={languageOf(chosen)}
          options={[
            { value: "de", label: "Deutsch" },
            { value: "en", label: "English" },
          ]}
          onChange={(language) => changePreferences({ language })}
        />
      </div>
    </Card>
  );
}

function KeysCard() {
  const { t } = useText();
  const chosen = usePreferences();
  return (
    <Card title={t("me.keys")}>
      <div className="grid gap-4">
        <Choice
          label={t("me.sendsWith")}
          value={chosen.sendsWith}
          options={(["enter", "ctrl-enter"] as const).map((value) => ({
            value,
            label: t(`me.sendsWith.${value}`),
            help: t(`me.sendsWith.${value}.help`),
          }))}
          onChange={(sendsWith) => changePreferences({ sendsWith })}
        />
        <Switch
          label={t("me.shortcuts")}
          help={t("me.shortcutsHelp")}
          words={{ on: t("on"), off: t("off") }}
          checked={chosen.hasShortcuts}
          onChange={(hasShortcuts) => changePreferences({ hasShortcuts })}
        />
      </div>
    </Card>
  );
}

function SignOut() {
  const { t } = useText();
  const client = useQueryClient();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      client.clear();
      // A full load: nothing of this person stays in memory.
      location.assign("/desk/sign-in");
    },
  });
  return (
    <div>
      <Button icon={LogOut} busy={leaving.isPending} onClick={() => leaving.mutate()}>
        {t("me.signOut")}
      </Button>
      <FailureRows error={leaving.error} />
    </div>
  );
}
