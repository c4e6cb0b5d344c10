/** Words that decide between German and English, folded. Words that both languages write alike are left out. */
export const FUNCTION_WORDS = {
  de: `ich du er wir ihr euch uns mir mich dir dich ihm ihn ihnen sie sich der das dem den des ein eine einen einem einer
    eines kein keine keinen nicht und oder aber dass weil wenn ob wie wo wann warum wieso welche welcher welches wer wem
    wen mein meine meinen meinem meiner ihre ihrem ihren dein deine euer eure unser unsere ist sind seid bist habe haben
    habt hatte hast wurde wird werden werde koennen kann kannst koennte moechte moechten muss muessen soll sollte darf
    duerfen gibt geht ging schon noch auch nur sehr mal bitte danke hallo moin servus guten morgen abend tag auf aus bei
    bis durch fuer gegen ohne um unter ueber von vom vor zu zum zur mit nach seit heute gestern jetzt hier dort da doch
    denn eben immer nie wieder mehr etwas nichts alle alles viel ja nein gern gerne leider warten im ins ab neue neuen neuer neues nehmen sagen steht stehen
    bisher bitteschoen dann also damit dazu
    mei dei ned nix nimma nimmer mog hob wos wia kimmt kummt kommts packerl habts isch ick icke dat dit det offn heid bissi bisserl uff aufm nich`,
  en: `i you he she it we they me him us them my your our their its the a of to and or but not that this these those there
    is are were been being have has had do does did done can could would should must shall may might if because when
    where why how which who whom whose what for from with without at by about into over under after before since until
    please thanks thank hello hi hey yes no on up out off too very much many more some any every all just only still
    yet already again here now today yesterday tomorrow dont doesnt didnt cant couldnt wont isnt arent im ive id youre
    wheres whats get got need want like know last left any best missing lost whats help tell show give make take`,
} as const;

/** Everyday words from which the letter sequences of each language are learnt; folded. */
export const SAMPLE_WORDS = {
  de: `bestellung lieferung rechnung rueckgabe umtausch gutschein zahlung versand paket sendung adresse oeffnungszeiten
    kundenkonto passwort bezahlen bestellen liefern zurueckschicken stornieren kuendigen aendern abholen anrufen
    schreiben bekommen erhalten verschicken funktioniert angekommen beschaedigt verfuegbar kostenlos guenstig moeglich
    naechste woche montag dienstag mittwoch donnerstag freitag samstag sonntag uhrzeit strasse wohnung geschenk freundlich
    gruesse vielen sehr geehrte damen herren frage antwort hilfe mitarbeiter geschaeft laden groesse farbe preis
    garantie reparatur ersatzteil werkstatt fahrer nachbar verspaetung stoerung fahrplan fahrkarte haltestelle strom zaehler
    vertrag beitrag versicherung schaden konto ueberweisung lastschrift gebuehr kosten einloesen verlaengern schluessel
    kueche geschirr vorraetig topf pfanne messer schere lampe stuhl schrank decke kissen zeitung sprechen verstehen gesagt gemacht
    abmelden anmelden gekauft geliefert bestellt gekommen gegangen gewesen steht liegt bleibt laesst`,
  en: `order delivery invoice return exchange voucher payment shipping parcel package address opening hours account
    password paying ordering delivered sending cancel change collect calling writing receive received working arrived
    damaged available cheaper possible next week monday tuesday wednesday thursday friday saturday sunday time street
    flat birthday gift kindly regards dear question answer help staff store shop size colour price warranty repair
    spare workshop driver neighbour late delay timetable ticket stop power meter contract insurance claim bank transfer
    charge cost redeem extend keys kitchen dishes knife chair cupboard blanket cushion newspaper speaking understand
    said made bought ordered came going track tracking missing wrong broken refund money back customer service something stock pan pot lamp
    subscribe unsubscribe
    someone nothing everything looking through though enough which would should`,
} as const;
