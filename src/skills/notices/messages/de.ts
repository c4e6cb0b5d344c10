import type { Catalogue } from "#kernel";

/** Every sentence of the notices skill, German. */
export const de: Catalogue["de"] = {
  anyTime: "jederzeit",
  hours: "{from}–{to} Uhr",
  inZone: "Zeit in {zone}",
  digestAt: "gesammelt um {time} Uhr",

  topics: {
    sie: "Worüber möchten Sie auf dem Laufenden bleiben?",
    du: "Worüber möchtest du auf dem Laufenden bleiben?",
  },
  noTopics: "Zurzeit gibt es bei uns nichts zu abonnieren.",
  askValue: {
    sie: "{topic}: {label}? Und wann? Schreiben Sie zum Beispiel: {example}",
    du: "{topic}: {label}? Und wann? Schreib zum Beispiel: {example}",
  },
  askValueAgain: {
    sie: "Das habe ich nicht erkannt. Schreiben Sie zum Beispiel: {example}. Oder „alle“.",
    du: "Das habe ich nicht erkannt. Schreib zum Beispiel: {example}. Oder „alle“.",
  },
  exampleWindow: "{value} werktags 6 bis 9",
  agreement: {
    sie: "{company} darf mir hier Hinweise schicken: {topic} ({when}). Das endet, sobald ich STOP schreibe.",
    du: "{company} darf mir hier Hinweise schicken: {topic} ({when}). Das endet, sobald ich STOP schreibe.",
  },
  confirm: { sie: "{agreement}\n\nSind Sie einverstanden?", du: "{agreement}\n\nBist du einverstanden?" },
  yes: "Ja, abonnieren",
  no: "Nein",
  subscribed: {
    sie: "Gut, Sie hören von uns: {topic} ({when}). Mit „meine Abos“ sehen Sie alle, mit STOP enden alle.",
    du: "Gut, du hörst von uns: {topic} ({when}). Mit „meine Abos“ siehst du alle, mit STOP enden alle.",
  },
  notSubscribed: {
    sie: "Gut, wir schicken Ihnen dazu nichts.",
    du: "Gut, wir schicken dir dazu nichts.",
  },
  failed: {
    sie: "Das Abo ist nicht zustande gekommen: {topic} gibt es nicht mehr. Schreiben Sie „Abos“, um zu sehen, was es gibt.",
    du: "Das Abo ist nicht zustande gekommen: {topic} gibt es nicht mehr. Schreib „Abos“, um zu sehen, was es gibt.",
  },
  tooMany: {
    sie: "Das Abo ist nicht zustande gekommen: Sie haben schon sehr viele. Beenden Sie erst eines mit „meine Abos“.",
    du: "Das Abo ist nicht zustande gekommen: Du hast schon sehr viele. Beende erst eines mit „meine Abos“.",
  },
  ended: {
    sie: "Erledigt: Sie bekommen nichts mehr zu {topic}.",
    du: "Erledigt: Du bekommst nichts mehr zu {topic}.",
  },
  list: { sie: "Das haben Sie abonniert:\n{items}", du: "Das hast du abonniert:\n{items}" },
  listItem: "{n}. {topic} ({when})",
  listPaused: "{item}, Pause bis {until}",
  listEmpty: {
    sie: "Sie haben nichts abonniert. Schreiben Sie „Abos“, um zu sehen, was es gibt.",
    du: "Du hast nichts abonniert. Schreib „Abos“, um zu sehen, was es gibt.",
  },
  endOption: "Ende: {topic}",

  digest: "Zusammenfassung",
  digestHeading: "Neues von {company}",
  farewellTitle: "{topic} endet",
  farewell: {
    sie: "{company} schickt ab jetzt keine Hinweise mehr zu „{topic}“. Ihr Abo endet damit; Sie müssen nichts tun.",
    du: "{company} schickt ab jetzt keine Hinweise mehr zu „{topic}“. Dein Abo endet damit; du musst nichts tun.",
  },

  entry: "Abo {topic}",
  mailSubject: "Bitte bestätigen: {topic}",
  mailText: {
    sie: "Mit dieser Adresse wurden Hinweise von {company} bestellt: {topic} ({when}).\n\nBestätigen Sie das hier, dann beginnt es: {link}\n\nWaren Sie das nicht, tun Sie nichts: Dann schicken wir nichts, und diese Anfrage ist in zwei Tagen gelöscht.",
    du: "Mit dieser Adresse wurden Hinweise von {company} bestellt: {topic} ({when}).\n\nBestätige das hier, dann beginnt es: {link}\n\nWarst du das nicht, tu nichts: Dann schicken wir nichts, und diese Anfrage ist in zwei Tagen gelöscht.",
  },

  // Sources of notices, said to the team.
  storyUpdate: "Neuer Stand:",
  storyOver: "Vorbei:",
  sourceFine: "In Ordnung. Zurzeit gilt: {count}.",
  sourcePaused: "Angehalten. Es wird nichts gelesen.",
  sourceNotYetRead: "Wird gleich zum ersten Mal gelesen.",
  sourceNotYetSent: "Bisher kam nichts.",
  sourceTopicEnded: {
    sie: "Das Thema dieser Quelle wurde beendet. Wählen Sie ein anderes, sonst erfährt niemand davon.",
    du: "Das Thema dieser Quelle wurde beendet. Wähl ein anderes, sonst erfährt niemand davon.",
  },
  sourceOverdue: {
    sie: "Seit über einer Stunde nicht gelesen. Speichern Sie die Quelle noch einmal, dann beginnt das Lesen neu.",
    du: "Seit über einer Stunde nicht gelesen. Speicher die Quelle noch einmal, dann beginnt das Lesen neu.",
  },
  sourceWithoutNames:
    "Die Namen von Linien und Haltestellen kamen nicht. Bis dahin stehen ihre Kennungen da.",
  sourceFault_bad_address:
    "Das ist keine Adresse, die gelesen werden kann. Sie beginnt mit https:// und enthält kein Passwort.",
  sourceFault_private_address: "Die Adresse führt in ein privates Netz. Von dort wird nichts geholt.",
  sourceFault_no_such_host: "Den Namen in der Adresse gibt es nicht, oder er ist gerade nicht zu finden.",
  sourceFault_unreachable:
    "Dort antwortet niemand. Es wird weiter versucht, in wachsenden Abständen ({failures}-mal bisher).",
  sourceFault_certificate: "Das Zertifikat dieser Adresse gilt nicht. Nichts wurde gelesen.",
  sourceFault_too_slow:
    "Die Antwort kam nicht rechtzeitig. Es wird weiter versucht, in wachsenden Abständen.",
  sourceFault_too_large: "Die Antwort ist größer als erlaubt. Nichts wurde gelesen.",
  sourceFault_redirect_loop: "Die Adresse verweist im Kreis. Nichts wurde gelesen.",
  sourceFault_too_many_redirects: "Die Adresse verweist zu oft weiter. Nichts wurde gelesen.",
  sourceFault_bad_redirect: "Die Adresse verweist auf eine, die nicht sicher ist. Nichts wurde gelesen.",
  sourceFault_broken_body: "Die Antwort kam beschädigt an. Es wird weiter versucht.",
  sourceFault_not_found: "Unter dieser Adresse steht nichts mehr.",
  sourceFault_forbidden: "Die Gegenseite verweigert den Zugang.",
  sourceFault_rate_limited: "Die Gegenseite bittet um Geduld. Es wird so lange gewartet, wie sie sagt.",
  sourceFault_server_error: "Die Gegenseite hat eine Störung. Was bekannt war, gilt weiter.",
  sourceFault_http_error: "Die Gegenseite gab eine Antwort, mit der nichts anzufangen ist.",
  sourceFault_unreadable: "Was kam, konnte nicht gelesen werden. Was bekannt war, gilt weiter.",
  sourceFault_internal: "Beim Lesen ist bei uns etwas schiefgegangen. Es wird weiter versucht.",
  sourceProblem_broken: "Der Inhalt ist beschädigt ({place}).",
  sourceProblem_empty: "Es kam nichts als eine leere Antwort.",
  sourceProblem_unknown_format: "Das ist keine Quelle, die hier gelesen wird, sondern: {place}.",
  sourceProblem_syntax: "Nicht ganz regelgerecht (ab Zeile {place}); gelesen wurde, was ging.",
  sourceProblem_too_many_items: "Mehr als {place} Einträge; die übrigen wurden weggelassen.",
  sourceProblem_too_many_values:
    "{place} nennt mehr Linien oder Haltestellen als erlaubt; die übrigen wurden weggelassen.",
  sourceProblem_no_text: "Ein Eintrag ohne Worte wurde weggelassen ({place}).",
  sourceProblem_other_language: "Weder deutsch noch englisch, so übernommen: {place}.",
  sourceProblem_stale: "Die Quelle ist nicht mehr aktuell; ihr letzter Stand ist von {place}.",
  sourceProblem_row: "Zeile {place} hat mehr Felder als die Kopfzeile und wurde weggelassen.",
  sourceProblem_bad_time: "Eine Zeitangabe war nicht zu lesen ({place}); der Eintrag wurde weggelassen.",
  sourceProblem_unknown_zone: "Unbekannte Zeitzone; gelesen wurde in der Zeit des Betriebs: {place}.",
  sourceProblem_endless_rule: "Ein Termin wiederholt sich zu oft oder nie und wurde weggelassen ({place}).",
  vetoed:
    "Wir haben Ihnen „{title}“ nicht geschickt: Wir hatten Sie vor derselben Sache gewarnt, und solange das gilt (bis {until}), werben wir bei Ihnen nicht dafür.",
};
