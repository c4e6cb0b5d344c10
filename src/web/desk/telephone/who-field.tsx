import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { search } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import type { LogTarget } from "./log-draft.ts";

interface WhoProps {
  target: LogTarget | null;
  error: string | null;
  onChange(target: LogTarget | null): void;
}

const SHORTEST = 2;
const SHOWN = 5;
const freshMs = 10_000;

/** Somebody we know, by name or number; or a number that nobody knows yet, with a name to it. */
export function WhoField({ target, error, onChange }: WhoProps) {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState("");
  const q = typed.trim();
  const isNumber = /^[+\d][\d\s()/.-]{4,}$/.test(q);
  const found = useQuery({
    queryKey: ["call-search", q],
    queryFn: ({ signal }) => call(search, { query: { q, limit: SHOWN } }, signal),
    enabled: q.length >= SHORTEST && chosen === "",
    staleTime: freshMs,
  });
  const type = (text: string) => {
    setTyped(text);
    setChosen("");
    onChange(/^[+\d][\d\s()/.-]{4,}$/.test(text.trim()) ? { phone: text.trim() } : null);
  };
  const contacts = chosen === "" ? (found.data?.contacts ?? []) : [];
  return (
    <div className="grid gap-3">
      <TextField
        label={t("calls.who")}
        help={t("calls.whoHelp")}
        autoFocus
        type="search"
        value={typed}
        error={error}
        onChange={(event) => type(event.target.value)}
      />
      {contacts.length > 0 && (
        <ul aria-label={t("calls.found")} className="flex flex-wrap gap-2">
          {contacts.map(({ id, name, hint }) => (
            <li key={id}>
              <Button
                onClick={() => {
                  setTyped(name || hint);
                  setChosen(name || hint);
                  onChange({ contactId: id });
                }}
              >
                {[name, hint].filter(Boolean).join(" · ")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {chosen === "" && isNumber && found.isSuccess && contacts.length === 0 && (
        <TextField
          label={t("calls.newName")}
          help={t("calls.newNameHelp")}
          maxLength={200}
          value={target?.name ?? ""}
          onChange={(event) => onChange({ phone: q, name: event.target.value })}
        />
      )}
    </div>
  );
}
