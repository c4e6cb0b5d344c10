import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { getDocument, listDocuments } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { showToast } from "../../ui/toast.tsx";
import { useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { RoomWords } from "../text/room-words.tsx";
import { useText } from "../text/use-text.ts";
import { Blocks } from "./documents/blocks.tsx";

type PaperLanguage = "de" | "en";

/** The papers that a company has to keep, filled in as far as the system knows. */
export function DocumentsRoom() {
  return (
    <RoomWords room="goLive">
      <Documents />
    </RoomWords>
  );
}

function Documents() {
  const { t, language: spoken } = useText();
  const [language, setLanguage] = useState<PaperLanguage>(spoken);
  const [chosen, setChosen] = useState<string | null>(null);
  const isOwner = useMe().role === "owner";
  const list = useQuery({
    queryKey: ["documents", language],
    queryFn: ({ signal }) => call(listDocuments, { query: { language } }, signal),
    enabled: isOwner,
  });
  const items = list.data?.items ?? [];
  const name = chosen ?? items[0]?.name;
  return (
    <Page
      title={t("house.documents")}
      subtitle={isOwner ? t("documents.subtitle") : t("documents.ownersOnly")}
    >
      {isOwner && (
        <div className="grid items-start gap-5 xl:grid-cols-[22rem_1fr]">
          <Card>
            <div className="grid gap-4">
              <Choice<PaperLanguage>
                label={t("documents.language")}
                options={[
                  { value: "de", label: t("documents.de") },
                  { value: "en", label: t("documents.en") },
                ]}
                value={language}
                onChange={setLanguage}
              />
              {list.isPending && <Waiting rows={4} label={t("documents.loading")} />}
              {name && (
                <Choice
                  label={t("documents.choose")}
                  options={items.map((item) => ({ value: item.name, label: item.title }))}
                  value={name}
                  onChange={setChosen}
                />
              )}
              <p className="text-small text-ink-2">{t("documents.note")}</p>
            </div>
          </Card>
          {list.error && (
            <Failure error={list.error} title={t("documents.notLoaded")} retry={() => void list.refetch()} />
          )}
          {name && <Paper key={`${name} ${language}`} name={name} language={language} />}
        </div>
      )}
    </Page>
  );
}

function Paper({ name, language }: { name: string; language: PaperLanguage }) {
  const { t } = useText();
  const paper = useQuery({
    queryKey: ["documents", language, name],
    queryFn: ({ signal }) => call(getDocument, { params: { name }, query: { language } }, signal),
  });
  if (paper.isPending)
    return (
      <Card>
        <Waiting rows={6} label={t("documents.loading")} />
      </Card>
    );
  if (paper.error)
    return (
      <Failure error={paper.error} title={t("documents.notLoaded")} retry={() => void paper.refetch()} />
    );
  const { title, gaps, blocks, html, markdown } = paper.data;
  const save = (ending: string, text: string, mime: string) => {
    saveFile(`${name}-${language}.${ending}`, text, mime);
    showToast({ text: t("documents.saved", { title }) });
  };
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-center gap-3 border-b border-line pb-4">
        <p className="mr-auto text-small text-ink-2">
          {gaps.length > 0 ? t("documents.gaps", { count: gaps.length }) : t("documents.noGaps")}
        </p>
        <Button icon={Download} variant="primary" onClick={() => save("html", html, "text/html")}>
          {t("documents.page")}
        </Button>
        <Button icon={Download} onClick={() => save("md", markdown, "text/markdown")}>
          {t("documents.text")}
        </Button>
      </div>
      <article lang={language} className="max-w-[72ch]">
        <h2 className="mb-3 text-h1">{title}</h2>
        <Blocks blocks={blocks} />
      </article>
    </Card>
  );
}
