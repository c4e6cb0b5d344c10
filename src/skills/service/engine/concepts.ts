import { finish, SEED, step } from "./hashing.ts";

/**
 * Words that mean much the same to somebody who asks, German and English together, folded; written by hand for this
 * product. A company with ten examples a topic has not used every word its customers will use.
 */
const GROUPS = `
pay paid payment paying settle | zahlen bezahlen zahlung bezahlung begleichen gezahlt bezahlt
charge fee cost price expense pricing rate | gebuehr kosten preis entgelt tarif
bill invoice receipt statement | rechnung beleg quittung abrechnung kassenbon
money cash fund funds | geld bargeld guthaben
refund reimburse reimbursement repay | erstattung erstatten rueckerstattung rueckzahlung zurueckerstatten
return sendback | ruecksendung zurueckschicken zuruecksenden retoure retournieren rueckgabe zurueckgeben
exchange swap replace replacement | umtausch umtauschen tauschen austauschen ersatz ersetzen
cancel cancellation abort revoke undo annul | stornieren stornierung storno abbestellen widerrufen widerruf abbrechen
terminate quit unsubscribe | kuendigen kuendigung abmelden austreten abbestellen
order purchase buy bought ordered shop | bestellen bestellung kaufen gekauft kauf bestellt einkauf
parcel package shipment box | paket sendung lieferung paeckchen
deliver delivery ship shipping dispatch send sent mail post | liefern zustellen versand versenden verschicken schicken zustellung geliefert
arrive arrival come came receive received get got | ankommen angekommen ankunft kommen gekommen erhalten bekommen eintreffen
late delay delayed overdue slow | spaet verspaetet verspaetung verzoegerung langsam
track trace locate location where whereabouts | verfolgen orten sendungsverfolgung standort wo
lost lose missing vanish disappear gone misplace | verloren verlieren fehlt fehlen verschwunden weg vermisst
steal stolen theft rob thief | gestohlen klauen geklaut diebstahl
broken break damage damaged defective defect faulty crack | kaputt defekt beschaedigt schaden zerbrochen mangel
repair fix mend maintenance | reparieren reparatur instandsetzen wartung beheben
wrong incorrect false mistake error erroneous | falsch fehler verkehrt irrtum fehlerhaft
problem issue trouble difficulty | problem schwierigkeit aerger stoerung
work function operate working | funktionieren gehen laufen klappen
fail failed failing decline declined reject rejected refuse denied deny | fehlgeschlagen scheitern abgelehnt ablehnen verweigert
block blocked freeze frozen lock locked hold suspend | sperren gesperrt sperrung blockiert einfrieren
unlock unblock unfreeze | entsperren freischalten entsperrung
card debit credit visa mastercard | karte kreditkarte debitkarte bankkarte girocard
account profile | konto kundenkonto profil benutzerkonto
balance | kontostand saldo
transfer wire remit | ueberweisen ueberweisung transferieren
bank banking | bank sparkasse
atm cashpoint withdrawal withdraw | geldautomat abheben abhebung auszahlen
deposit topup top-up reload | einzahlen einzahlung aufladen
password passcode pin code | passwort kennwort pin code geheimzahl
login log signin sign | anmelden einloggen anmeldung login
forget forgot forgotten | vergessen
identity verify verification authenticate confirm confirmation prove | identitaet verifizieren bestaetigen bestaetigung nachweisen legitimieren
change modify alter update edit adjust switch | aendern aenderung wechseln anpassen aktualisieren umstellen
name surname | name nachname vorname
address street residence move moved | adresse anschrift strasse wohnort umziehen umzug
phone telephone mobile cell smartphone number | telefon handy mobiltelefon rufnummer telefonnummer smartphone
email mail inbox | email mail postfach
app application website site online web | app anwendung webseite website online internet
computer laptop pc | computer rechner laptop
wifi internet connection network | wlan internet verbindung netz netzwerk
support help assist assistance aid | hilfe helfen unterstuetzung unterstuetzen
person human agent representative someone staff employee operator | mensch mitarbeiter mitarbeiterin berater jemand ansprechpartner
talk speak call contact reach ring | sprechen reden anrufen kontaktieren kontakt erreichen telefonieren
complain complaint | beschweren beschwerde reklamation reklamieren
open opening hours open closes close closed closing | oeffnen geoeffnet oeffnungszeiten offen schliessen geschlossen auf zu
shop store branch outlet | laden geschaeft filiale markt
time when hour clock | zeit wann uhr uhrzeit stunde
date day calendar | datum tag kalender termin
today now currently present | heute jetzt gerade aktuell
tomorrow | morgen
week weekly | woche woechentlich
month monthly | monat monatlich
year annual yearly | jahr jaehrlich
appointment meeting schedule | termin treffen besprechung verabredung
book booking reserve reservation | buchen buchung reservieren reservierung
flight plane fly airline airport | flug flugzeug fliegen flughafen
travel trip vacation holiday journey tour | reise reisen urlaub ferien
hotel accommodation room | hotel unterkunft zimmer
train bus tram transit subway railway | zug bahn bus strassenbahn ubahn sbahn
ticket fare pass | ticket fahrkarte fahrschein karte
car vehicle auto automobile truck | auto wagen fahrzeug pkw
drive driver driving licence license | fahren fahrer fuehrerschein
gas fuel petrol gasoline | tanken benzin sprit kraftstoff
tire tyre wheel | reifen rad
insurance insure coverage policy | versicherung versichern police
health doctor medical hospital ill sick | gesundheit arzt krank krankenhaus
food eat meal dinner lunch breakfast | essen mahlzeit abendessen mittagessen fruehstueck
cook recipe bake ingredient | kochen rezept backen zutat
restaurant cafe diner | restaurant lokal gaststaette
music song play playlist track | musik lied abspielen spielen
movie film video | film video
weather rain temperature forecast sunny snow | wetter regen temperatur vorhersage
alarm wake reminder remind timer | wecker wecken erinnerung erinnern timer
note list todo task | notiz liste aufgabe
salary wage income paycheck payroll | gehalt lohn einkommen verdienst
tax taxes | steuer steuern
loan borrow lend mortgage | kredit darlehen leihen hypothek
interest yield | zins zinsen
currency exchange dollar euro pound conversion convert | waehrung umrechnen wechselkurs euro dollar
foreign abroad international overseas country | ausland auslaendisch international land
voucher coupon discount promo bargain deal offer | gutschein rabatt gutscheincode aktion angebot
gift present | geschenk schenken
warranty guarantee | garantie gewaehrleistung
available availability stock | verfuegbar verfuegbarkeit vorraetig lager lieferbar
size large small big | groesse gross klein
colour color | farbe
quality good great excellent | qualitaet gut toll super
bad terrible awful poor worst | schlecht furchtbar mies schlimm
happy glad pleased satisfied | zufrieden froh gluecklich
angry upset annoyed mad | wuetend sauer veraergert
love like enjoy adore favourite favorite prefer | lieben moegen gefallen liebling lieblings
hate dislike | hassen
thank thanks grateful appreciate | danke dank dankeschoen
hello hi hey greetings | hallo hi moin servus gruss
bye goodbye farewell | tschuess wiedersehen ciao
yes yeah yep sure correct | ja jawohl klar richtig stimmt
no nope nah not | nein nee nicht
joke funny humor laugh | witz lustig lachen humor
robot bot machine computer artificial | roboter bot maschine kuenstlich
smart clever intelligent | schlau klug intelligent
stupid dumb idiot | dumm bloed idiot
age old young birthday born | alter alt jung geburtstag geboren
family mother father parent sister brother child kid children | familie mutter vater eltern schwester bruder kind kinder
friend buddy mate | freund freundin kumpel
job profession work career | beruf arbeit job
school university study learn student | schule universitaet studieren lernen student
language translate translation say mean meaning | sprache uebersetzen uebersetzung bedeuten bedeutung
define definition explain explanation describe | definieren definition erklaeren erklaerung beschreiben
calculate math compute sum plus minus | rechnen berechnen mathematik
measure length distance far | messen laenge entfernung weit
limit maximum minimum max most least | limit grenze maximum hoechstens mindestens hoechstbetrag
automatic auto automatically recurring | automatisch regelmaessig dauerauftrag
document paper form file | dokument unterlage formular datei papier
data information info detail details | daten information auskunft angabe angaben
privacy secure security safe safety | datenschutz sicher sicherheit
fraud scam suspicious unauthorized unknown unrecognized | betrug verdaechtig unbefugt unbekannt
contract agreement subscription | vertrag vereinbarung abo abonnement
power electricity electric energy | strom energie elektrizitaet
water heating heat | wasser heizung waerme
meter reading | zaehler zaehlerstand ablesen
door key apartment flat house home | tuer schluessel wohnung haus zuhause
light lamp bulb | licht lampe
temperature warm hot cold cool | warm heiss kalt
need require must want wish would | brauchen benoetigen muss moechte will wuensche
long duration last takes take | lange dauer dauern dauert
wait waiting pending process processing | warten ausstehend bearbeitung verarbeitung
possible able can allowed permit may | moeglich kann darf erlaubt
reason why cause because | grund warum wieso weshalb
way how method manner | wie weise methode
many much count amount quantity sum | viel viele anzahl menge betrag
two twice double duplicate again | zwei zweimal doppelt nochmal
new another second additional extra more | neu weitere zusaetzlich zweite mehr
first start begin activate activation enable set setup | anfang beginnen starten aktivieren aktivierung einrichten
stop end finish disable deactivate off | stoppen beenden ende deaktivieren aus
delete remove erase clear | loeschen entfernen
add include insert put | hinzufuegen ergaenzen einfuegen
show see view look display check | zeigen sehen anzeigen schauen anschauen pruefen
find search seek | finden suchen
tell know inform | sagen wissen mitteilen
recommend suggest suggestion advice advise | empfehlen empfehlung vorschlag raten tipp
best top better | beste besser
use using usage utilise | nutzen benutzen verwenden gebrauch
`;

const SUFFIXES = ["", "s", "es", "ed", "d", "ing", "er", "e", "en", "n", "t", "te", "ten", "em"] as const;
const LEAST_LETTERS_TO_BEND = 4;

/** Hash of a word as the engine hashes words -> number of its group, from 1. Made when the first text is read. */
let groupOf: ReadonlyMap<number, number> | undefined;

function learnGroups(): ReadonlyMap<number, number> {
  const learnt = new Map<number, number>();
  const groups = GROUPS.trim().split("\n");
  const bend = (bent: (word: string) => readonly string[]) => {
    groups.forEach((line, index) => {
      for (const word of line.split(/[\s|]+/)) {
        for (const form of bent(word)) {
          const hash = hashWord(form);
          if (!learnt.has(hash)) learnt.set(hash, index + 1);
        }
      }
    });
  };
  // Words as they are listed come before bent forms of others.
  bend((word) => [word]);
  bend((word) => {
    if (word.length < LEAST_LETTERS_TO_BEND) return [`${word}s`];
    const stem = /e$|en$/.test(word) ? word.replace(/e$|en$/, "") : word;
    return SUFFIXES.flatMap((suffix) => [word + suffix, stem + suffix]);
  });
  return learnt;
}

function hashWord(word: string): number {
  let state: number = SEED.word;
  for (let i = 0; i < word.length; i++) state = step(state, word.charCodeAt(i));
  return finish(state);
}

/** The group of words a word belongs to, 0 for none. */
export function conceptOf(wordHash: number): number {
  groupOf ??= learnGroups();
  return groupOf.get(wordHash) ?? 0;
}
