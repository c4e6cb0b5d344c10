import { fold, tokens } from "../engine/index.ts";
import type { Language } from "./language.ts";

/**
 * Short words as they are spoken. The engine corrects long unknown words; of "mei", "is" and "u" nothing is left to
 * correct by. What is another word of the same language is left out ("a", "des", "so").
 */
const SPOKEN: Readonly<Record<Language, string>> = {
  de: `mei=mein mia=mir meina=meine meini=meine dei=dein sei=sein is=ist iss=ist ises=ist isses=ist sin=sind san=sind ham=haben hamse=haben_sie
    hamma=haben_wir habt's=habt habts=habt habta=habt hob=habe hab=habe hads=hat_es hots=hat_es hot=hat
    kimmt=kommt kummt=kommt kütt=kommt kuett=kommt kumt=kommt kimmts=kommt_es offn=offen offa=offen uff=auf aufm=auf_dem
    nich=nicht net=nicht ned=nicht nit=nicht niad=nicht nix=nichts do=da no=noch nimmer=nicht_mehr nimma=nicht_mehr i=ich ik=ich ick=ich icke=ich isch=ich
    mog=mag moag=mag wui=will wil=will wolln=wollen wolln's=wollen kriag=kriege kriagt=kriegt krich=kriege
    wat=was wos=was watt=was dat=das dit=das det=das wia=wie wo's=wo_ist wos's=was_ist wann's=wann_ist wanns=wann
    könnts=könnt_ihr koennts=koennt_ihr gibts=gibt_es gehts=geht_es machts=macht_ihr nehmts=nehmt_ihr liefats=liefert_ihr
    feddich=fertig jestern=gestern jekommen=gekommen jeliefert=geliefert heid=heute heit=heute hoid=heute morng=morgen
    packerl=paket packl=paket paketle=paket päckle=päckchen paeckle=paeckchen backet=paket pagget=paket rechnig=rechnung rächnig=rechnung
    göld=geld jeld=geld gäld=geld zruck=zurück zrück=zurück z'rück=zurück retour=zurück zrugg=zurück umdauschn=umtauschen dauschn=tauschen
    zahln=zahlen zoin=zahlen bezahln=bezahlen bstellung=bestellung bstellt=bestellt bschtellt=bestellt jekooft=gekauft gkauft=gekauft kaputtjejangen=kaputt
    bissi=bisschen bisserl=bisschen büschen=bisschen gschäft=geschäft wennse=wenn_sie könnse=können_sie koennse=koennen_sie
    könnense=können_sie sindse=sind_sie habense=haben_sie machense=machen_sie liefernse=liefern_sie nehmense=nehmen_sie
    mitm=mit_dem fürn=für_den aufn=auf_den anna=an_der inna=in_der`,
  en: `u=you ur=your urs=yours r=are ya=you yer=your mi=my wheres=where_is where's=where_is whens=when_is hows=how_is whats=what_is
    wot=what wat=what wen=when wheer=where coz=because cos=because cuz=because pls=please plz=please thx=thanks tmrw=tomorrow tmr=tomorrow
    2day=today 2moro=tomorrow tonite=tonight gonna=going_to wanna=want_to gotta=have_to gimme=give_me lemme=let_me dunno=do_not_know
   
    nae=not cannae=can_not dinnae=do_not disnae=does_not havnae=have_not aye=yes ma=my oot=out aboot=about noo=now hae=have
    parsel=parcel pacel=parcel recieve=receive recieved=received adress=address refnd=refund delivry=delivery orda=order ord=order
    yous=you youse=you yall=you summat=something owt=anything nowt=nothing tae=to gie=give wi=with shuda=should_have cud=could wud=would shud=should
    nuffin=nothing fing=thing da=the dat=that dis=this dem=them`,
};

const maps = { de: learn("de"), en: learn("en") };

function learn(language: Language): ReadonlyMap<string, string> {
  const pairs = SPOKEN[language].split(/\s+/).map((pair): [string, string] => {
    const [spoken = "", written = ""] = pair.split("=");
    return [fold(spoken), fold(written.replaceAll("_", " "))];
  });
  return new Map(pairs);
}

/**
 * A message with words of dialect and short messages written out, folded; undefined when it holds none.
 * "wo is mei Paket" becomes "wo ist mein paket".
 */
export function respell(text: string, language: Language): string | undefined {
  const map = maps[language];
  const words = tokens(fold(text));
  const written = words.map((word) => map.get(word) ?? word);
  const isChanged = written.some((word, place) => word !== words[place]);
  return isChanged ? `${written.join(" ")}${/\?\s*$/.test(text) ? "?" : ""}` : undefined;
}
