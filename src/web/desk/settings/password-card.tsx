import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Problem } from "../../client/problem.ts";
import { changePassword } from "../../client/session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

const shortest = 10;

/** A new password ends the sessions on other devices. */
export function PasswordCard() {
  const { t } = useText();
  const [now, setNow] = useState("");
  const [next, setNext] = useState("");
  const [isChecked, setChecked] = useState(false);
  const changing = useMutation({
    mutationFn: () => changePassword(now, next),
    onSuccess: () => {
      setNow("");
      setNext("");
      setChecked(false);
      showToast({ text: t("password.changed") });
    },
  });
  const isWrong = changing.error instanceof Problem && changing.error.status < 500;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (now && next.length >= shortest) changing.mutate();
  };
  return (
    <Card title={t("password.title")}>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <TextField
          label={t("password.now")}
          type="password"
          autoComplete="current-password"
          value={now}
          error={isWrong ? t("password.wrong") : isChecked && !now ? t("signIn.passwordMissing") : null}
          onChange={(event) => setNow(event.target.value)}
        />
        <TextField
          label={t("password.next")}
          type="password"
          autoComplete="new-password"
          help={t("setup.passwordHelp", { count: shortest })}
          value={next}
          error={isChecked && next.length < shortest ? t("setup.passwordShort", { count: shortest }) : null}
          onChange={(event) => setNext(event.target.value)}
        />
        {!isWrong && <FailureRows error={changing.error} />}
        <Button type="submit" className="justify-self-start" busy={changing.isPending}>
          {t("password.act")}
        </Button>
      </form>
    </Card>
  );
}
