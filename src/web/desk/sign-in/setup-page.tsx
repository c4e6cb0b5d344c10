import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { setup } from "#kernel/api";
import { call } from "../../client/call.ts";
import { signIn } from "../../client/session.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { queries } from "../session/queries.ts";
import { timeZones } from "../settings/time-zones.ts";
import { FailureRows } from "../shell/failure.tsx";
import { usePageTitle } from "../shell/page-titles.ts";
import { useText } from "../text/use-text.ts";
import { Door } from "./door.tsx";
import { LanguageChoice } from "./language-choice.tsx";

const shortestPassword = 10;

/** First start: the first owner and the first company. Works once. */
export function SetupPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const state = useQuery(queries.setup).data;
  usePageTitle(t("setup.title"));
  const wasNeeded = useRef(false);
  useEffect(() => {
    if (state?.needed) wasNeeded.current = true;
    // Not after the founding on this page, which leads on by itself.
    else if (state && !wasNeeded.current) void navigate({ to: "/sign-in", replace: true });
  }, [state, navigate]);
  return (
    <Door>
      <h1 className="text-h1">{t("setup.title")}</h1>
      <p className="mt-1 text-ink-2">{t("setup.text")}</p>
      <SetupForm isCodeNeeded={state?.codeNeeded ?? false} />
      <LanguageChoice />
    </Door>
  );
}

const empty = { name: "", email: "", password: "", company: "" };
type Fields = typeof empty;

/** The link's code; a fragment is sent to no server. */
const codeOfLink = (): string => new URLSearchParams(location.hash.slice(1)).get("code") ?? "";

function SetupForm({ isCodeNeeded }: { isCodeNeeded: boolean }) {
  const { t, language } = useText();
  const [fields, setFields] = useState<Fields>(empty);
  const [timeZone, setTimeZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [code, setCode] = useState(codeOfLink);
  const [isChecked, setChecked] = useState(false);
  const founding = useFounding();
  // In the order of the fields: the first fault gets the focus.
  const faults: Record<keyof Fields, string | null> = {
    company: fields.company.trim() ? null : t("setup.companyMissing"),
    name: fields.name.trim() ? null : t("setup.nameMissing"),
    email: /.@./.test(fields.email) ? null : t("signIn.emailMissing"),
    password:
      fields.password.length >= shortestPassword
        ? null
        : t("setup.passwordShort", { count: shortestPassword }),
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (isCodeNeeded && !code.trim()) return;
    const first = (Object.keys(faults) as (keyof Fields)[]).find((name) => faults[name]);
    if (first) return event.currentTarget.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    founding.mutate({ ...fields, timeZone, language, ...(isCodeNeeded && { code: code.trim() }) });
  };
  const bind = (name: keyof Fields) => ({
    name,
    value: fields[name],
    error: isChecked ? faults[name] : null,
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
  });
  return (
    <form onSubmit={submit} noValidate className="mt-6 mb-4 grid gap-4">
      {isCodeNeeded && !codeOfLink() && (
        <TextField
          label={t("setup.code")}
          help={t("setup.codeHelp")}
          error={isChecked && !code.trim() ? t("setup.codeMissing") : null}
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <TextField label={t("setup.company")} autoFocus autoComplete="organization" {...bind("company")} />
      <TextField label={t("setup.name")} autoComplete="name" {...bind("name")} />
      <TextField label={t("field.email")} type="email" autoComplete="username" {...bind("email")} />
      <TextField
        label={t("field.password")}
        type="password"
        autoComplete="new-password"
        help={t("setup.passwordHelp", { count: shortestPassword })}
        {...bind("password")}
      />
      <SelectField
        label={t("company.timeZone")}
        options={timeZones().map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        value={timeZone}
        onChange={(event) => setTimeZone(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={founding.isPending} className="mt-2 min-h-13">
        {t("setup.act")}
      </Button>
      {founding.error && <FailureRows error={founding.error} />}
    </form>
  );
}

function useFounding() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (body: Fields & { timeZone: string; language: "de" | "en"; code?: string }) => {
      await call(setup, { body });
      await signIn(body.email, body.password);
    },
    onSuccess: () => {
      void client.resetQueries();
      void navigate({ to: "/knowledge/packs", search: { first: true } });
    },
  });
}
