import type { Catalogue } from "#kernel";

export const de: Catalogue["de"] = {
  subject: "{company}: Woche ab {day}, {cases}",
  hello: "Guten Morgen. Das war die Woche vom {from} bis {to}.",
  estimated: "Geschätzt aus jedem {every}. Gespräch.",

  asked: "Was gefragt wurde",
  cases: "{count} Fälle",
  caseOne: "ein Fall",
  askedAll: "{cases}{change}.",
  more: ", {share} mehr als in der Woche davor",
  less: ", {share} weniger als in der Woche davor",
  same: ", so viele wie in der Woche davor",
  few: "; zu wenige zum Vergleichen mit der Woche davor ({before})",
  first: "",
  topic: "{title}: {count}{before}",
  topicBefore: " (davor {before})",
  noTopic: "ohne Thema",
  nothing: "Niemand hat geschrieben.",

  firstLevel: "Was der Automat beantwortet hat",
  zones:
    "Von {count} Nachrichten: {answer} beantwortet, {choose} mit Auswahl angeboten, {handover} übergeben.",
  settled: "{settled} von {cases} Fällen ohne einen Menschen geklärt{pending}.",
  pending: "; bei {pending} davon sind die 72 Stunden noch nicht um",

  speed: "Wie schnell",
  automatic: "Automat: die Hälfte in {median}, 90 % in {p90}.",
  automaticFew: "Automat: zu wenige Antworten für eine Zeit.",
  person: "Erste Antwort eines Menschen: die Hälfte in {median}, 90 % in {p90} Öffnungszeit.",
  few_cases: "Erste Antwort eines Menschen: zu wenige Fälle für eine Zeit.",
  few_persons:
    "Erste Antwort eines Menschen: nicht gezeigt. Es haben weniger als fünf Menschen geantwortet; die Zahl wäre eine über Einzelne.",
  unanswered: "Übergeben und noch von niemandem beantwortet: {cases}.",

  open: "Was offen blieb",
  openNone: "Niemand wartet länger als 24 Stunden.",
  openOne: "Ein Fall wartet länger als 24 Stunden.",
  openCount: "{count} Fälle warten länger als 24 Stunden.",
  openItem: "{title}, seit {since}",

  teach: "Was zu lehren ist",
  questions: "Fragen ohne Antwort: {questions}, Gruppen ähnlicher: {groups}",
  teachTopic: "{title}: {settled} von {asked} geklärt",
  teachNone: "Nichts Auffälliges.",

  messages: "Service und Hinweise",
  shares:
    "{service} Antworten, {notice} Hinweise (Modell: 90 % und 10 %). Geschrieben haben Kunden {received} Mal.",
  sharesNone: "Nichts wurde gesendet.",

  costs: "Was es gekostet hat",
  costLine: "{total}: Menschen {staff}, WhatsApp {templates}, Server {machine}, Mail und Domain {rest}.",
  perCase: "{each} je gelöstem Fall; wäre jeder Fall bei einem Menschen, {allEach}.",
  assumed: {
    sie: "Angenommene Preise. Prüfen Sie die von Meta und ändern Sie sie hier:",
    du: "Angenommene Preise. Prüf die von Meta und ändere sie hier:",
  },

  page: "Die ganze Seite:",
  why: {
    sie: "Sie bekommen diese Mail, weil Sie sie unter Ihrer Wochenseite angeschaltet haben. Ausschalten:",
    du: "Du bekommst diese Mail, weil du sie unter deiner Wochenseite angeschaltet hast. Ausschalten:",
  },
};
