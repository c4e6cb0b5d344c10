/** What stands around a question and its answer in the mails of the bench; all persons are invented. */

export type Language = "de" | "en";

export const FIRST_NAMES =
  "Anke Bernd Carla Deniz Elif Frauke Gerd Hanna Ingo Jana Kemal Lena Maik Nora Olaf Petra Rolf Silke Tarek Ute Wiebke Yusuf Megan Rob Priya Callum Isla Owen Zoe Hugh".split(
    " ",
  );
export const LAST_NAMES =
  "Ahrens Brodersen Clausen Demirel Ewald Feddersen Grabowski Hinrichs Iversen Jessen Kröger Lorenzen Matthiesen Nissen Oldenburg Paulsen Quast Reimers Sievers Thomsen Ellery Hollis Pell Thorne Whitlow Garside".split(
    " ",
  );
export const STREETS = "Möwenweg Deichstraße Lindenallee Am Markt Kirchgasse Hafenring Ulmenweg Rosenstraße"
  .replace("Am Markt", "Marktplatz")
  .split(" ");
export const TOWNS = "Kleinhagen Westerbrück Obernau Seedorf Altenfels Grünwalde".split(" ");
export const STAFF = ["Jule Sander", "Tim Harms", "Birte Cordes"];

export const WORDS: Readonly<
  Record<
    Language,
    {
      greetings: readonly string[];
      closings: readonly string[];
      stories: readonly string[];
      subjects: readonly string[];
      thanks: readonly string[];
      staffGreetings: readonly string[];
      staffLooked: readonly string[];
      staffClosings: readonly string[];
      general: readonly string[];
      newsletter: readonly string[];
    }
  >
> = {
  de: {
    greetings: [
      "Hallo,",
      "Guten Tag,",
      "Sehr geehrte Damen und Herren,",
      "Moin,",
      "Hallo zusammen,",
      "Liebes Team,",
      "Guten Morgen,",
      "",
    ],
    closings: ["Viele Grüße", "Mit freundlichen Grüßen", "LG", "MfG", "Beste Grüße", "Danke und Gruß", ""],
    stories: [
      "ich bin schon lange Kunde bei Ihnen und eigentlich immer zufrieden.",
      "telefonisch komme ich leider nicht durch.",
      "meine Schwester hat mir Ihren Laden empfohlen.",
      "ich habe auf der Seite nichts dazu gefunden.",
      "wir haben letzte Woche bei Ihnen eingekauft.",
      "entschuldigen Sie die Störung.",
    ],
    subjects: [
      "Frage",
      "Anfrage",
      "Bitte um Hilfe",
      "Meine Bestellung",
      "Kontakt",
      "Hallo",
      "Kurze Frage",
      "(kein Betreff)",
    ],
    thanks: [
      "Super, vielen Dank!",
      "Danke für die schnelle Antwort.",
      "Alles klar, danke schön!",
      "Perfekt, danke und schönes Wochenende!",
    ],
    staffGreetings: ["Hallo", "Guten Tag", "Liebe/r"],
    staffLooked: [
      "danke für Ihre Nachricht.",
      "vielen Dank für Ihre Anfrage.",
      "gern helfe ich Ihnen weiter.",
      "ich habe eben nachgesehen.",
    ],
    staffClosings: ["Viele Grüße", "Mit freundlichen Grüßen", "Herzliche Grüße"],
    general: [
      "Das gebe ich an die Kollegin weiter, sie meldet sich.",
      "Ich kläre das und melde mich bei Ihnen.",
      "Dazu rufen wir Sie morgen an.",
    ],
    newsletter: [
      "Neu im Herbst: Töpfe, Tücher, Tee. Nur bis Sonntag.",
      "Ihre Wochenangebote sind da.",
      "Einladung zur Hausmesse der Zulieferer.",
    ],
  },
  en: {
    greetings: ["Hello,", "Hi,", "Dear Sir or Madam,", "Good morning,", "Hi there,", "Dear team,", ""],
    closings: ["Kind regards", "Best regards", "Thanks", "Many thanks", "Best wishes", ""],
    stories: [
      "I've been a customer of yours for years and have always been happy.",
      "I can't get through on the phone.",
      "my sister recommended your shop to me.",
      "I couldn't find anything about this on your page.",
      "we were in your shop last week.",
      "sorry to bother you.",
    ],
    subjects: [
      "Question",
      "Enquiry",
      "Help please",
      "My order",
      "Contact",
      "Hello",
      "Quick question",
      "(no subject)",
    ],
    thanks: ["Great, thank you!", "Thanks for the quick reply.", "Perfect, thanks so much!"],
    staffGreetings: ["Hello", "Dear", "Hi"],
    staffLooked: [
      "thank you for your message.",
      "thanks for getting in touch.",
      "happy to help.",
      "I have just had a look.",
    ],
    staffClosings: ["Kind regards", "Best wishes", "Best regards"],
    general: [
      "I will pass this on to my colleague, who will be in touch.",
      "Let me find out and come back to you.",
      "We will ring you about this tomorrow.",
    ],
    newsletter: [
      "New for autumn: pots, cloths, tea. Only until Sunday.",
      "Your offers of the week are here.",
    ],
  },
};
