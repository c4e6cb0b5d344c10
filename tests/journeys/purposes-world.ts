import * as notices from "../../src/skills/notices/api.ts";
import * as reports from "../../src/skills/reports/api.ts";
import * as service from "../../src/skills/service/api.ts";
import { trainTenant } from "../../src/skills/service/jobs.ts";
import { skills } from "../../src/skills.ts";
import { CompanyStage, openParts, type StageParts } from "../outside/company-stage.ts";

/** A company with every skill of the product. */

/** What the company answers by itself. */
const KNOWLEDGE: Readonly<Record<string, { answer: string; asked: readonly string[] }>> = {
  hours: {
    answer: "Wir haben von 8 bis 18 Uhr geöffnet.",
    asked: [
      "Wann habt ihr geöffnet?",
      "Öffnungszeiten",
      "Wie lange ist heute offen?",
      "Habt ihr samstags auf?",
    ],
  },
  returns: {
    answer: "Zurückschicken geht 30 Tage lang.",
    asked: ["Wie schicke ich etwas zurück?", "Rücksendung", "Umtausch möglich?", "Ich will es zurückgeben"],
  },
  parking: {
    answer: "Parken kann man hinter dem Haus.",
    asked: ["Wo kann ich parken?", "Parkplatz", "Gibt es ein Parkhaus?", "Parken beim Laden"],
  },
};

interface Topics {
  service: number;
  promotion: number;
  otherService: number;
  otherPromotion: number;
}

export async function purposesWorld(): Promise<PurposesWorld> {
  const parts = await openParts(skills, Date.parse("2026-11-24T09:00:00Z"));
  const stage = new CompanyStage(parts);
  await teach(stage);
  await trainTenant(stage.here.kernel, stage.tenantId);
  await makeReports(stage);
  return new PurposesWorld(parts, await makeTopics(stage));
}

export class PurposesWorld extends CompanyStage {
  readonly topics: Topics;

  constructor(parts: StageParts, topics: Topics) {
    super(parts);
    this.topics = topics;
  }

  /** Somebody who wrote once. @returns the contact's id */
  async person(from: string): Promise<number> {
    await this.says(from, "Wann habt ihr geöffnet?");
    return this.contactOf(from);
  }

  async subscribe(contactId: number, topicId: number): Promise<void> {
    const { channelId } = this;
    await this.call(notices.subscribeContact, {
      params: { id: contactId },
      body: { topicId, channelId, language: "de", evidence: "said so at the counter" },
    });
  }

  /** What this person was sent, oldest first, from a place in the list on. */
  textsTo(from: string, since: number): string[] {
    return this.sent
      .slice(since)
      .flatMap(({ to, content }) => (to === from ? [JSON.stringify(content)] : []));
  }

  close(): Promise<void> {
    return this.here.close();
  }
}

async function teach(stage: CompanyStage): Promise<void> {
  for (const [intent, { answer, asked }] of Object.entries(KNOWLEDGE))
    await stage.call(service.createTopic, {
      body: {
        intent,
        title: { de: intent, en: intent },
        answers: [{ language: "de", text: answer, link: null, fileId: null, options: [] }],
        examples: asked.map((text) => ({ language: "de", text })),
        flow: "",
        mostAsked: false,
      },
    });
}

async function makeTopics(stage: CompanyStage): Promise<Topics> {
  const make = async (slug: string, kind: "service" | "promotion"): Promise<number> => {
    const made = await stage.call(notices.createNoticeTopic, {
      body: {
        slug,
        title: { de: slug, en: slug },
        description: { de: slug, en: slug },
        kind,
        parameters: [],
        isPublic: true,
        isUrgent: false,
      },
    });
    return made.id;
  };
  return {
    service: await make("lines", "service"),
    promotion: await make("deals", "promotion"),
    otherService: await make("library", "service"),
    otherPromotion: await make("tickets", "promotion"),
  };
}

/** Two kinds of report with nobody but the desk to look after them; each report is its own, wherever it is. */
async function makeReports(stage: CompanyStage): Promise<void> {
  for (const [name, word] of [
    ["Lampe dunkel", "Laterne"],
    ["Scherben", "Scherben"],
  ])
    await stage.call(reports.createReportKind, {
      body: {
        name: { de: name, en: name },
        keywords: { de: [word], en: [word] },
        teamId: null,
        withinHours: 1,
      },
    });
}
