import type { Catalogue } from "#kernel";

/** Every sentence about reports: to those who report, and to field teams. */
export const de: Catalogue["de"] = {
  askKind: { sie: "Was möchten Sie melden?", du: "Was möchtest du melden?" },
  askKindAgain: {
    sie: "Das habe ich nicht zugeordnet. Tippen Sie an, was es ist.",
    du: "Das habe ich nicht zugeordnet. Tippe an, was es ist.",
  },
  askPlace: {
    sie: "{kind}: Wo ist das? Schicken Sie Ihren Standort oder schreiben Sie den Ort.",
    du: "{kind}: Wo ist das? Schick deinen Standort oder schreib den Ort.",
  },
  askPlaceAgain: {
    sie: "Damit finde ich den Ort nicht. Schicken Sie einen Standort oder schreiben Sie, wo es ist.",
    du: "Damit finde ich den Ort nicht. Schick einen Standort oder schreib, wo es ist.",
  },
  askText: "Was ist dort los? Ein Satz oder ein Foto genügt.",
  askTextAgain: {
    sie: "Das kann ich nicht lesen. Schreiben Sie einen Satz oder schicken Sie ein Foto.",
    du: "Das kann ich nicht lesen. Schreib einen Satz oder schick ein Foto.",
  },
  askPhoto: { sie: "Haben Sie ein Foto davon?", du: "Hast du ein Foto davon?" },
  askPhotoAgain: {
    sie: "Das ist kein Foto. Schicken Sie eines, oder tippen Sie auf „Ohne Foto“.",
    du: "Das ist kein Foto. Schick eines, oder tippe auf „Ohne Foto“.",
  },
  optionNoPhoto: "Ohne Foto",
  optionOther: "Etwas anderes",
  optionYes: "Ja",
  optionNo: "Nein",
  cancelled: {
    sie: "Gut, die Meldung ist verworfen. Wenn noch etwas ist, schreiben Sie hier.",
    du: "Gut, die Meldung ist verworfen. Wenn noch etwas ist, schreib hier.",
  },
  toPerson: { sie: "Ich gebe Sie an unser Team weiter.", du: "Ich gebe dich an unser Team weiter." },
  taken: {
    sie: "Danke. Ihre Meldung „{kind}“ ist aufgenommen. Hier lesen Sie, wenn sich jemand darum kümmert und wenn es erledigt ist.",
    du: "Danke. Deine Meldung „{kind}“ ist aufgenommen. Hier liest du, wenn sich jemand darum kümmert und wenn es erledigt ist.",
  },
  askProgress: {
    sie: "Falls es länger dauert: Dürfen wir Ihnen zu Ihren Meldungen auch später noch hier Bescheid geben? Mit STOP beenden Sie das jederzeit.",
    du: "Falls es länger dauert: Dürfen wir dir zu deinen Meldungen auch später noch hier Bescheid geben? Mit STOP beendest du das jederzeit.",
  },
  progressYes: {
    sie: "Gut, wir geben Ihnen Bescheid, auch wenn es länger dauert.",
    du: "Gut, wir geben dir Bescheid, auch wenn es länger dauert.",
  },
  progressNo: {
    sie: "Gut, dann nur, solange das Gespräch offen ist.",
    du: "Gut, dann nur, solange das Gespräch offen ist.",
  },

  known: {
    sie: "Das ist uns schon gemeldet: Nummer {number}, {state}. Ihre Meldung gehört jetzt dazu; auch Sie lesen hier, wie es weitergeht.",
    du: "Das ist uns schon gemeldet: Nummer {number}, {state}. Deine Meldung gehört jetzt dazu; auch du liest hier, wie es weitergeht.",
  },
  state_new: "noch nicht angenommen",
  state_passed: "noch nicht angenommen",
  state_accepted: "jemand kümmert sich",
  told_accepted: {
    sie: "Ihre Meldung {number} „{kind}“ ist angenommen: Jemand kümmert sich darum.",
    du: "Deine Meldung {number} „{kind}“ ist angenommen: Jemand kümmert sich darum.",
  },
  told_done: {
    sie: "Ihre Meldung {number} „{kind}“ ist erledigt. Danke für den Hinweis.",
    du: "Deine Meldung {number} „{kind}“ ist erledigt. Danke für den Hinweis.",
  },
  told_rejected: {
    sie: "Ihre Meldung {number} „{kind}“ ist geschlossen, ohne dass etwas getan wurde.",
    du: "Deine Meldung {number} „{kind}“ ist geschlossen, ohne dass etwas getan wurde.",
  },

  joinAsk:
    "Feldteam „{team}“: Neue Meldungen von Kunden kommen in dieses Gespräch, bis hier jemand STOP schreibt. Einverstanden?",
  joined: "Dieses Gespräch gehört jetzt dem Feldteam „{team}“.",
  joinRefused: "Gut, dann kommen hier keine Meldungen an.",
  joinUsed: {
    sie: "Dieser Code gilt nicht mehr. Lassen Sie sich einen neuen geben.",
    du: "Dieser Code gilt nicht mehr. Lass dir einen neuen geben.",
  },
  noticeText: "{kind}: {place}.",
  noticeTextNoPlace: "{kind}.",
  teamReport: "Meldung {number}: {kind}",
  teamPlace: "Ort: {place}",
  teamPoint: "Karte: {link}",
  teamRemoved:
    "Meldung {number}: Der Inhalt ist gelöscht, weil seine Zeit um ist oder weil darum gebeten wurde.",
  teamOptionAccepted: "Angenommen",
  teamOptionDone: "Erledigt",
  teamOptionNoPhoto: "Ohne Foto",
  teamAccepted: "Meldung {number} ist angenommen. Wer sie gemeldet hat, erfährt es.",
  teamDone: {
    sie: "Meldung {number} ist erledigt. Schicken Sie noch ein Foto vom Ergebnis? Wer sie gemeldet hat, erfährt es spätestens in {minutes} Minuten.",
    du: "Meldung {number} ist erledigt. Schickst du noch ein Foto vom Ergebnis? Wer sie gemeldet hat, erfährt es spätestens in {minutes} Minuten.",
  },
  teamDoneNow: "Meldung {number} ist erledigt. Wer sie gemeldet hat, erfährt es.",
  teamPhoto: "Das Foto gehört jetzt zu Meldung {number}.",
  teamAlready: "Meldung {number} ist schon {state}.",
  teamState_accepted: "angenommen",
  teamState_done: "erledigt",
  teamState_rejected: "geschlossen",
  teamUnknown: "Eine offene Meldung {number} hat dieses Team nicht.",
  teamNone: "Es ist keine Meldung offen.",
  teamWhich: "Welche Meldung?",
  teamList: "Offene Meldungen:",
};
