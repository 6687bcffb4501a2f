/** Dutch, Swedish, Danish and Norwegian, by the English words; "*" stands for any ending. */
export const NORTHERN = `
pass: går igenom, gå igenom, passerar, lyckas, lyckats, godkända, slagen
hardcoded: hårdkoda*
secret: hemlighet*, nycklar, api-nycklar, autentiseringsuppgift*
applied: applicera*, genomförd*, genomfört
login attempt: inloggningsförsök*
login: inlogg*, logga in
limited: begränsa*
error tracking: felspårning*, felrapportering*, felövervakning*
log level: loggnivå*, loggningsnivå*
log: loggar, loggning*, logga, loggfil*
log rotation: loggrotation*
sensitive data: känsliga uppgifter, känslig data, känslig information
personal data: personuppgifter
monitoring: övervakning*, övervaka*
uptime: drifttid*, upptid*, tillgänglighet*
alert: larm*, varning*, avisering*
responds: svarar
privacy policy: integritetspolicy*, sekretesspolicy*, dataskyddspolicy*, privacybeleid, privacyverklaring, privatlivspolitik, personvernerklæring
terms of service: användarvillkor*, villkor, köpvillkor*, algemene voorwaarden, gebruiksvoorwaarden
cookie consent: cookie-samtycke*, cookiesamtycke*, samtycke till cookies
consent: samtycke*, toestemming
delete account: radera sitt konto, radera konto, ta bort konto
account: konto, kontot, konton, account
delete: radera*
data export: dataexport*, exportera data
dns record: dns-post*
points to: pekar på, pekar mot, wijst naar
job: jobb, jobben
run: körs
page load time: laddtid*, laddningstid*
second: sekund*
rollback: återställningsplan*, återgång*, tillbakarullning*
404 page: 404-sida*
error page: felsida*, felsidor*
debug mode: felsökningsläge*
off: avstängt, avstängd, avstängda, av
database index: databasindex*
index: indexering*, index
slow query: långsamma frågor, långsam fråga
only: endast, enbart
necessary: nödvändig*
port: portar, portarna, poorten
open: öppna, öppet, öppen
file upload: filuppladdning*, uppladdning*
production key: produktionsnycklar, produktionsnyckel
build: bygge*, bygget, byggprocess*
route: rutt, rutter, rutterna
require: kräver, krävs
protected: skyddad*
database connection: databasanslutning*
valid: giltig*
server: servern, servrar
password: lösenord*, wachtwoord*, adgangskode*, passord*
test: tester, testerna
backup: säkerhetskopi*, reservkopi*
restore: återställ*
response time: svarstid*
error rate: felfrekvens*, felprocent*
load test: lasttest*, belastningstest*, prestandatest*
vulnerability: sårbarhet*
two-factor: tvåfaktor*
support: support
the: uppgifter, sitt, gå, sina, vår, vårt, våra, redo, enligt, samt, endast om, vid, mot, efter, före, alltid
set: satt, satta, inställd*, ingesteld*, sat
applied: körd, körda, kört, uitgevoerd, kørt
database migration: databasmigrering*, databasmigration*, databasemigratie*
configured: konfigurerad*, konfigurerat, geconfigureerd*, ingesteld*, konfigurert, opsat
enabled: aktiverad*, aktiverat, aktiv, ingeschakeld*, geactiveerd*, aktiveret
installed: installerad*, installerat, geïnstalleerd*, installeret
tested: testad*, testat, getest
works: fungerar, werkt, werken, virker
monitoring: övervakning*, bewaking, overvågning*
error rate: felfrekvens, foutpercentage
response time: svarstid*, svartid*, responstijd*
disk space: diskutrymme, schijfruimte, diskplads
memory usage: minnesanvändning, geheugengebruik
home page: startsidan
automatic: automatisk*, automatisch*
daily: daglig*, dagelijks*
restored: återställd*, hersteld*
log: loggar, loggning, logboeken
no: inga, ingen, inget, geen
code: kod, koden, code
default password: standardlösenord*, standaardwachtwoord*
firewall: brandvägg*
domain: domän*, domein*
payment: betalning*, betaling*
published: publicerad*, gepubliceerd*
customer support: kundsupport, klantenservice
the: och, att, som, för, med, på, av, till, från, är, har, kan, ska, inte, het, een, de, van, voor, met, op, en, alle, alla
database: databas*, databank*, databaser*, gegevensbank*
connection: anslutning*, verbinding*, forbindelse*, tilkobling*, tillgänglig*, bereikbaar*
backup: säkerhetskop*, reservekopie*, back-up*, sikkerhedskop*, sikkerhetskop*
restore: återställ*, herstel*, teruggezet, terugzetten, gendan*, gjenoppret*
rollback: återgång, terugdraai*, terugroll*, tilbagerul*
password: lösenord*, wachtwoord*, adgangskode*, passord*
secret: hemlighet*, hemlig*, geheim*, inloggegevens, hemmelighed*, hemmelighet*, api-nyck*, api-sleutel*, nycklar
strong: stark*, sterk*, stærk*, slumpmässig*, willekeurig*, tilfældig*
certificate: certifikat*, certificaat, certificaten, sertifikat*
expiry: löper ut, utgång*, förny*, verloop*, verlopen, vernieuw*, udløb*, forny*
encrypted: krypter*, versleutel*
redirect: omdirigering*, omdirigera*, doorverwij*, omleiding*, viderestil*, omdirigering
force: tvinga*, afgedwongen, verplicht*, tvungen
security header: säkerhetsheader*, säkerhetshuvuden, beveiligingsheaders, beveiligingsheader, sikkerhedsheader*, sikkerhetsheader*
security: säkerhet*, beveiliging*, veiligheid, sikkerhed*, sikkerhet*
environment variable: miljövariab*, miljövariabel, omgevingsvariabele*, miljøvariab*
environment: miljö*, omgeving*, miljø*
error page: felsida*, foutpagina*, fejlside*, feilside*
error: fel, felen, felmeddelande*, fout*, fejl*, feil*
page: sida, sidor, sidan, sidorna, pagina*, sider
home page: startsida*, hemsida*, startpagina*, forside*
load: ladda*, laddas, laden, geladen, indlæs*
link: länk*, koppelingen
broken link: trasiga länkar, brutna länkar, kapotte links, dode links, gebroken links, døde links
all: alla, allt, alle, varje
test: testa, testar, testas, getest, tester
pass: godkänd*, lyckas, passerar, geslaagd*, slagen, bestået
unit test: enhetstest*, eenheidstest*
integration test: integrationstest*, integratietest*
load test: belastningstest*, lasttest*, belastningstester
migration: migrering*, migratie*, migrationer*
applied: körd*, kört, uitgevoerd*, toegepast, udført
foreign key: främmande nyckel*, vreemde sleutel*, fremmednøgle*
slow query: långsamma frågor, trage queries, trage query, langsomme forespørgsler
rate limit: hastighetsbegräns*, begränsning av anrop, frequentiebeperking
authentication: autentisering*, authenticatie*, autentificering*
authorization: behörighet*, autorisatie*, rechten, rettigheder
protected: skyddad*, skyddas, beschermd*, beskyttet
static files: statiska filer, statische bestanden, statiske filer
compression: komprimering*, compressie
log: logg*, logboek*
monitoring: övervak*, bewaking*, overvåg*, overvåk*
alert: larm*, varning*, waarschuwing*, alarm*
health check: hälsokontroll*, gezondheidscontrole*
background job: bakgrundsjobb*, achtergrondtaken, achtergrondtaak, baggrundsjob*
cron job: schemalagda jobb, schemalagd*, geplande taken, geplande taak, planlagte opgaver
queue: kö, köer, wachtrij*
signature: signatur*, handtekening*
payment: betalning*, betaling*
dependency: beroende*, afhankelijkhe*, afhængighed*
deploy: driftsätt*, lansering*, uitrol*, uitgerold
document: dokumenter*, dokumentation*, gedocumenteerd, documentatie*
team: medarbetare, kund*, medewerkers, klant*
train: utbild*, opgeleid, uddann*
legal: juridisk*, villkor*, voorwaarden
privacy: integritetspolicy*, privatliv*
email: e-post*, epost*, mejl*
user: användar*, gebruiker*, bruger*, bruker*
data: data, gegevens
data integrity: dataintegritet*, gegevensintegriteit
disabled: inaktiver*, avstängd*, uitgeschakeld*, deaktiver*
enabled: aktiver*, aktiverad*, ingeschakeld*, geactiveerd*
configured: konfigurer*, inställd*, geconfigureerd*, ingesteld*, opsat, satt
verify: verifiera*, kontrollera*, säkerställ*, controleer*, gecontroleerd*, verifieer*, sikr*, kontroller*
works: fungerar, fungera, werkt, werken, fungerer, virker
implemented: implementer*, implementera*, geïmplementeerd*
created: skapa*, aangemaakt, opret*
updated: uppdater*, bijgewerkt*, opdater*
correct: korrekt*, juist*, correct, riktigt
optimize: optimer*, geoptimaliseerd*, optimalis*
response time: svarstid*, reactietijd*, responstijd*
search engines: sökmotor*, zoekmachine*
the: en, ett, den, det, de, och, eller, är, var, för, med, utan, på, i, av, till, från, om, inte, inga, ingen, att, som, kan, ska, måste, het, een, van, voor, met, zonder, op, in, uit, aan, bij, naar, niet, geen, dat, die, zijn, is, wordt, worden, er, er, og, eller, at, ikke, af, til, fra, skal, ved
production: produktion, productie, produksjon, produktionsmiljö
the: miljö, miljön, omgeving, system, systemet, systeem, tjänst*, dienst, diensten, applikation*, applicatie, projekt*, project, ny, nya, nieuwe, nye, automatisk*, automatisch*, klar, klart, klaar, färdig*, tillgänglig*, beschikbaar, toegevoegd*, tillagd*, installera*, geïnstalleerd*, implementera*, geïmplementeerd*
rejected: avvis*, nekad*, geweigerd*, geblokkeerd*
removed: bort, borttag*, ta bort, verwijder*, fjernet
`;
