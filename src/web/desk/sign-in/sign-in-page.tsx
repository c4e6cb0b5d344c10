import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Problem } from "../../client/problem.ts";
import { signIn } from "../../client/session.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { queries } from "../session/queries.ts";
import { FailureRows } from "../shell/failure.tsx";
import { usePageTitle } from "../shell/page-titles.ts";
import { useText } from "../text/use-text.ts";
import { Door } from "./door.tsx";
import { LanguageChoice } from "./language-choice.tsx";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const setup = useQuery(queries.setup).data;
  usePageTitle(t("signIn.title"));
  useEffect(() => {
    if (setup?.needed) void navigate({ to: "/setup", replace: true });
  }, [setup, navigate]);
  return (
    <Door>
      <h1 className="text-h1">{t("signIn.title")}</h1>
      <p className="mt-1 text-ink-2">{t("signIn.where", { host: location.host })}</p>
      <SignInForm demoEmail={setup?.demo?.email ?? null} />
      <div className="mt-6 border-t border-line pt-4 text-small text-ink-2">
        <p>{t("signIn.noAccess")}</p>
        <LanguageChoice />
      </div>
    </Door>
  );
}

interface Wrong {
  email: string | null;
  password: string | null;
}

function SignInForm({ demoEmail }: { demoEmail: string | null }) {
  const { t } = useText();
  const [fields, setFields] = useState({ email: "", password: "" });
  const [wrong, setWrong] = useState<Wrong>({ email: null, password: null });
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const entering = useEntering((first) => {
    setWrong({ email: null, password: first });
    password.current?.focus();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = {
      email: fields.email.includes("@") ? null : t("signIn.emailMissing"),
      password: fields.password ? null : t("signIn.passwordMissing"),
    };
    setWrong(found);
    if (found.email) return email.current?.focus();
    if (found.password) return password.current?.focus();
    entering.mutate(fields);
  };
  return (
    <form onSubmit={submit} noValidate className="mt-6 grid gap-4">
      <TextField
        ref={email}
        label={t("field.email")}
        type="email"
        name="email"
        autoComplete="username"
        placeholder={demoEmail ?? t("signIn.emailExample")}
        help={demoEmail && t("signIn.demo", { email: demoEmail })}
        error={wrong.email}
        value={fields.email}
        onChange={(event) => setFields({ ...fields, email: event.target.value })}
      />
      <TextField
        ref={password}
        label={t("field.password")}
        type="password"
        name="password"
        autoComplete="current-password"
        error={wrong.password}
        value={fields.password}
        onChange={(event) => setFields({ ...fields, password: event.target.value })}
      />
      <Button type="submit" variant="primary" busy={entering.isPending} className="mt-2 min-h-13">
        {t("signIn.act")}
      </Button>
      {entering.error && !isWrongPassword(entering.error) && <FailureRows error={entering.error} />}
    </form>
  );
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof Problem && (error.status === 401 || error.status === 400);
}

function useEntering(refuse: (sentence: string) => void) {
  const { t } = useText();
  const client = useQueryClient();
  const router = useRouter();
  const { to } = route.useSearch();
  return useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email.trim(), password),
    onSuccess: () => {
      // Not clear(): what stays on the screen, such as the form of address, would go on looking at what was removed.
      void client.resetQueries();
      // Only a way inside of the desk: an address from outside must not lead anywhere else.
      router.history.push(to?.startsWith("/") && !to.startsWith("//") ? inDesk(to) : "/desk/conversations");
    },
    onError: (error) => {
      if (isWrongPassword(error)) refuse(t("signIn.wrong"));
    },
  });
}

function inDesk(path: string): string {
  return path.startsWith("/desk") ? path : `/desk${path}`;
}
