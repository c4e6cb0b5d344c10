import type { Catalogue } from "#kernel";

/** Every sentence of the advocate. `option_`, `promise_`, `warn_` and `why_` go by the rule's id. */
export const de: Catalogue["de"] = {
  menu: {
    sie: "Wovor dürfen wir Sie warnen? Wir schreiben nur, wenn es etwas betrifft, das Sie haben. Mit der Auswahl willigen Sie ein, dass {company} Ihnen solche Warnungen hier schickt. STOPP beendet es jederzeit.",
    du: "Wovor dürfen wir dich warnen? Wir schreiben nur, wenn es etwas betrifft, das du hast. Mit der Auswahl willigst du ein, dass {company} dir solche Warnungen hier schickt. STOPP beendet es jederzeit.",
  },
  granted: {
    sie: "Gut. {promise} STOPP beendet alles, WARNUNGEN zeigt die Auswahl wieder.",
    du: "Gut. {promise} STOPP beendet alles, WARNUNGEN zeigt die Auswahl wieder.",
  },
  withdrawn: {
    sie: "Gut. Diese Warnungen bekommen Sie nicht mehr. WARNUNGEN zeigt die Auswahl wieder.",
    du: "Gut. Diese Warnungen bekommst du nicht mehr. WARNUNGEN zeigt die Auswahl wieder.",
  },

  option_all: "Alle Warnungen",
  option_contract_end: "Vertragsende",
  option_tariff: "Günstigerer Tarif",
  option_loan_due: "Leihfrist",
  option_warranty_end: "Garantieende",
  option_price_drop: "Preissenkung",
  option_recall: "Rückruf",
  option_appointment: "Termin",
  option_duplicate_purchase: "Doppelkauf",

  promise_all: { sie: "Wir warnen Sie vor allem davon.", du: "Wir warnen dich vor allem davon." },
  promise_contract_end: {
    sie: "Wir warnen Sie 30, 7 und 1 Werktag, bevor Sie einen Vertrag zuletzt kündigen können.",
    du: "Wir warnen dich 30, 7 und 1 Werktag, bevor du einen Vertrag zuletzt kündigen kannst.",
  },
  promise_tariff: {
    sie: "Wir sagen Ihnen, wenn ein anderer Tarif von uns zu Ihrem Verbrauch besser passt.",
    du: "Wir sagen dir, wenn ein anderer Tarif von uns zu deinem Verbrauch besser passt.",
  },
  promise_loan_due: {
    sie: "Wir erinnern Sie, bevor eine Leihfrist endet.",
    du: "Wir erinnern dich, bevor eine Leihfrist endet.",
  },
  promise_warranty_end: {
    sie: "Wir erinnern Sie, bevor eine Garantie endet.",
    du: "Wir erinnern dich, bevor eine Garantie endet.",
  },
  promise_price_drop: {
    sie: "Wir sagen Ihnen, wenn etwas billiger wird, das Sie noch zurückgeben können.",
    du: "Wir sagen dir, wenn etwas billiger wird, das du noch zurückgeben kannst.",
  },
  promise_recall: {
    sie: "Wir warnen Sie, wenn etwas zurückgerufen wird, das Sie gekauft haben.",
    du: "Wir warnen dich, wenn etwas zurückgerufen wird, das du gekauft hast.",
  },
  promise_appointment: {
    sie: "Wir erinnern Sie am Tag vor einem Termin.",
    du: "Wir erinnern dich am Tag vor einem Termin.",
  },
  promise_duplicate_purchase: {
    sie: "Wir fragen nach, bevor Sie etwas bestellen, das Sie schon haben.",
    du: "Wir fragen nach, bevor du etwas bestellst, das du schon hast.",
  },

  warn_contract_end: {
    sie: "{title}: Der Vertrag verlängert sich am {renewsOn} um {months} Monate. Bis {lastDay} können Sie zum {endsOn} kündigen.",
    du: "{title}: Der Vertrag verlängert sich am {renewsOn} um {months} Monate. Bis {lastDay} kannst du zum {endsOn} kündigen.",
  },
  warn_contract_end_open: {
    sie: "{title}: Der Vertrag läuft ab {renewsOn} auf unbestimmte Zeit weiter. Bis {lastDay} können Sie zum {endsOn} kündigen, danach jederzeit mit Frist.",
    du: "{title}: Der Vertrag läuft ab {renewsOn} auf unbestimmte Zeit weiter. Bis {lastDay} kannst du zum {endsOn} kündigen, danach jederzeit mit Frist.",
  },
  warn_tariff: {
    sie: "{title}: Mit dem Tarif {tariff} hätten Sie im letzten Jahr {savingCents} weniger bezahlt ({thenCents} statt {nowCents} für {amount} {unit}).",
    du: "{title}: Mit dem Tarif {tariff} hättest du im letzten Jahr {savingCents} weniger bezahlt ({thenCents} statt {nowCents} für {amount} {unit}).",
  },
  warn_loan_due: {
    sie: "{title}: Die Leihfrist endet am {lastDay}. Bitte bringen Sie es bis dahin zurück.",
    du: "{title}: Die Leihfrist endet am {lastDay}. Bitte bring es bis dahin zurück.",
  },
  warn_warranty_end: {
    sie: "{title}: Die Garantie endet am {lastDay}. Wenn etwas nicht stimmt, melden Sie es bis dahin.",
    du: "{title}: Die Garantie endet am {lastDay}. Wenn etwas nicht stimmt, melde es bis dahin.",
  },
  warn_price_drop: {
    sie: "{title} kostet jetzt {nowCents}. Sie haben {paidCents} bezahlt. Bis {lastDay} können Sie es zurückgeben.",
    du: "{title} kostet jetzt {nowCents}. Du hast {paidCents} bezahlt. Bis {lastDay} kannst du es zurückgeben.",
  },
  warn_recall: {
    sie: "Rückruf: {title}, von Ihnen gekauft am {boughtOn}. {text}",
    du: "Rückruf: {title}, von dir gekauft am {boughtOn}. {text}",
  },
  warn_appointment: {
    sie: "{title}: Ihr Termin ist am {lastDay} um {time}. {place}",
    du: "{title}: Dein Termin ist am {lastDay} um {time}. {place}",
  },
  ask_duplicate_purchase: {
    sie: "{title} haben Sie am {boughtOn} gekauft. Möchten Sie es wirklich noch einmal bestellen?",
    du: "{title} hast du am {boughtOn} gekauft. Möchtest du es wirklich noch einmal bestellen?",
  },

  why_contract_end: {
    sie: "Sie haben gewünscht, vor dem letzten Tag zum Kündigen gewarnt zu werden. Der Tag folgt aus Beginn, Laufzeit und Frist des Vertrags (BGB §§ 187, 188, 309 Nr. 9).",
    du: "Du hast gewünscht, vor dem letzten Tag zum Kündigen gewarnt zu werden. Der Tag folgt aus Beginn, Laufzeit und Frist des Vertrags (BGB §§ 187, 188, 309 Nr. 9).",
  },
  why_tariff: {
    sie: "Sie haben gewünscht, von günstigeren Tarifen zu hören. Gerechnet ist mit Ihrem Verbrauch der letzten zwölf vollen Monate.",
    du: "Du hast gewünscht, von günstigeren Tarifen zu hören. Gerechnet ist mit deinem Verbrauch der letzten zwölf vollen Monate.",
  },
  why_loan_due: {
    sie: "Sie haben gewünscht, vor dem Ende einer Leihfrist erinnert zu werden.",
    du: "Du hast gewünscht, vor dem Ende einer Leihfrist erinnert zu werden.",
  },
  why_warranty_end: {
    sie: "Sie haben gewünscht, vor dem Ende einer Garantie erinnert zu werden.",
    du: "Du hast gewünscht, vor dem Ende einer Garantie erinnert zu werden.",
  },
  why_price_drop: {
    sie: "Sie haben gewünscht, von Preissenkungen zu hören, solange Sie zurückgeben können.",
    du: "Du hast gewünscht, von Preissenkungen zu hören, solange du zurückgeben kannst.",
  },
  why_recall: {
    sie: "Sie haben gewünscht, vor Rückrufen von Waren gewarnt zu werden, die Sie gekauft haben.",
    du: "Du hast gewünscht, vor Rückrufen von Waren gewarnt zu werden, die du gekauft hast.",
  },
  why_appointment: {
    sie: "Sie haben gewünscht, am Tag vor einem Termin erinnert zu werden.",
    du: "Du hast gewünscht, am Tag vor einem Termin erinnert zu werden.",
  },
  why_duplicate_purchase: {
    sie: "Sie haben gewünscht, gefragt zu werden, bevor Sie etwas noch einmal kaufen.",
    du: "Du hast gewünscht, gefragt zu werden, bevor du etwas noch einmal kaufst.",
  },

  optionCancel: "Kündigen",
  optionKeep: "Behalten",
  optionWhy: "Warum?",
  optionStop: "Nicht mehr warnen",
  optionSure: "Ja, kündigen",
  optionNo: "Nein, behalten",
  cancelAsk: {
    sie: "Soll der Vertrag zum {endsOn} gekündigt werden? Der letzte Tag dafür ist {lastDay}.",
    du: "Soll der Vertrag zum {endsOn} gekündigt werden? Der letzte Tag dafür ist {lastDay}.",
  },
  cancelTooLate: {
    sie: "Der letzte Tag für diesen Termin war {lastDay}. Ein Mensch sagt Ihnen, wann es als Nächstes geht.",
    du: "Der letzte Tag für diesen Termin war {lastDay}. Ein Mensch sagt dir, wann es als Nächstes geht.",
  },
  cancelTaken: {
    sie: "Ihre Kündigung zum {endsOn} ist eingegangen: {arrivedOn}, {time} Uhr. Ein Mensch aus unserem Team bestätigt sie hier.",
    du: "Deine Kündigung zum {endsOn} ist eingegangen: {arrivedOn}, {time} Uhr. Ein Mensch aus unserem Team bestätigt sie hier.",
  },
  cancelSummary:
    "Kündigung zum {endsOn}, eingegangen {arrivedOn}, {time} Uhr. Bitte unter „Kündigungen“ bestätigen.",
  cancelText:
    "Hiermit kündige ich den Vertrag {reference} ({title}) zum {endsOn}. Eingegangen am {arrivedOn}, {time} Uhr.",
  kept: { sie: "Gut, der Vertrag läuft weiter.", du: "Gut, der Vertrag läuft weiter." },
};
