import { companyPage, visitorSettings } from "#kernel/api";
import type { CompanyPage, Settings } from "../contract.ts";

export const WIDGET_KEY = "test-widget-key";

const ACCENT = {
  light: {
    "--ah-accent": "#8f3523",
    "--ah-accent-hover": "#74291b",
    "--ah-on-accent": "#ffffff",
    "--ah-accent-soft": "#f5e4df",
    "--ah-accent-text": "#8f3523",
    "--ah-accent-edge": "#8f3523",
  },
  dark: {
    "--ah-accent": "#f0a48f",
    "--ah-accent-hover": "#f6bfb0",
    "--ah-on-accent": "#331009",
    "--ah-accent-soft": "#40231c",
    "--ah-accent-text": "#f3b1a0",
    "--ah-accent-edge": "#f0a48f",
  },
};

const QUESTIONS = {
  de: ["Wo ist meine Bestellung?", "Kann ich das Lieferfenster ändern?", "Wie gebe ich etwas zurück?"],
  en: ["Where is my order?", "Can I change the delivery window?", "How do I return something?"],
};
const asked = (titles: string[]) => titles.map((title, index) => ({ id: `topic:${index + 1}`, title }));

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="currentColor" d="M2 22V11h3V7h3V4h3V1h2v3h3v3h3v4h3v11h-6v-7h-8v7z"/></svg>`;

/** Settings that meet the contract. */
export function fakeSettings(over: Partial<Settings> = {}): Settings {
  return visitorSettings.reply.parse({
    company: "Hansekontor",
    language: "de",
    formOfAddress: "sie",
    greeting: { de: "Moin. Worum geht es?", en: "Moin. What is it about?" },
    mostAsked: { de: asked(QUESTIONS.de), en: asked(QUESTIONS.en) },
    logo: LOGO,
    accent: ACCENT,
    whatsapp: "https://wa.me/494066969148",
    telegram: "https://t.me/hansekontor_bot",
    legal: {
      imprint: "https://hansekontor.example/impressum",
      privacy: "https://hansekontor.example/datenschutz",
    },
    people: { here: true, next: null },
    ...over,
  });
}

/** The page's data that meet the contract. */
export function fakeCompanyPage(over: Partial<CompanyPage> = {}): CompanyPage {
  const { logo, accent, whatsapp, telegram, legal } = fakeSettings();
  const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: "08:00", to: "21:00" }));
  return companyPage.reply.parse({
    name: "Hansekontor",
    language: "de",
    key: WIDGET_KEY,
    openingHours: [...weekdays, { weekday: 6, from: "09:00", to: "18:00" }],
    timeZone: "Europe/Berlin",
    whatsapp,
    telegram,
    logo,
    accent,
    legal,
    ...over,
  });
}
