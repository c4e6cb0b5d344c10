import type { Catalogue } from "#kernel";

export const de: Catalogue["de"] = {
  asked: {
    sie: "Bitte zahlen Sie mit Ihrer Wallet: {link}",
    du: "Bitte zahl mit deiner Wallet: {link}",
  },
  "card.note": "Zahlung mit {coin}",
  "card.heading": { sie: "In Ihrer Wallet zahlen", du: "In deiner Wallet zahlen" },
  "card.line": {
    sie: "Wer, wofür und wie viel, zeigt nur Ihre Wallet.",
    du: "Wer, wofür und wie viel, zeigt nur deine Wallet.",
  },
  "card.open": "Ansehen und zahlen",
  paid: {
    sie: "Danke, die Zahlung ist da. Den Beleg zeigt Ihre Wallet: {link}",
    du: "Danke, die Zahlung ist da. Den Beleg zeigt deine Wallet: {link}",
  },
  held: {
    sie: "Danke, der Betrag ist zurückgelegt und wird bei der Übergabe gezahlt: {link}",
    du: "Danke, der Betrag ist zurückgelegt und wird bei der Übergabe gezahlt: {link}",
  },
  captured: {
    sie: "Der zurückgelegte Betrag ist jetzt gezahlt. Den Beleg zeigt Ihre Wallet: {link}",
    du: "Der zurückgelegte Betrag ist jetzt gezahlt. Den Beleg zeigt deine Wallet: {link}",
  },
  returned: {
    sie: "Der zurückgelegte Betrag ist wieder in Ihrer Wallet: {link}",
    du: "Der zurückgelegte Betrag ist wieder in deiner Wallet: {link}",
  },
  refunded: {
    sie: "Wir haben Geld in Ihre Wallet zurückgegeben: {link}",
    du: "Wir haben Geld in deine Wallet zurückgegeben: {link}",
  },
  invited: {
    sie: "Hier öffnen Sie Ihre Wallet für {coin}, auf diesem Gerät: {link}",
    du: "Hier öffnest du deine Wallet für {coin}, auf diesem Gerät: {link}",
  },
  "invited.card": "Wallet für {coin}",
  "invited.heading": { sie: "Ihre Wallet öffnen", du: "Deine Wallet öffnen" },
  "invited.line": {
    sie: "Der Schlüssel entsteht auf Ihrem Gerät und bleibt dort.",
    du: "Der Schlüssel entsteht auf deinem Gerät und bleibt dort.",
  },
  "invited.open": "Wallet öffnen",
  known: {
    sie: "Ihre Wallet: {link}",
    du: "Deine Wallet: {link}",
  },
  request_unknown: "Diese Zahlung kennt hier niemand. Es ist nichts geschehen.",
  request_not_open: "Diese Zahlung ist schon erledigt oder zurückgenommen. Es ist nichts geschehen.",
  not_as_asked: "Das ist nicht, worum gebeten wurde. Es ist nichts geschehen.",
  being_paid: "Diese Zahlung wird gerade von jemand anderem bezahlt. Es ist nichts geschehen.",
  not_for_wallets: "Das kann eine Wallet nicht. Es ist nichts geschehen.",
};
