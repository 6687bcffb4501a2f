/** Dutch, by the English words; "*" stands for any ending. */
export const DUTCH = `
backup: databaseback-ups, back ups, back up, ups
require: vereisen, vereist
protected: beveiligde, beveiligd*
cookie banner: cookiebanner*, cookie-banner*, cookiemelding*
stored: opgeslagen, bewaard
firewall rules: firewall regels, firewallregels
configured: ingesteld*, geconfigureerd*, opgezet, ingericht*, ingevuld*, instellen, configureren
set: gezet, gevuld
the: staat, staan, kan, kunnen, moet, moeten, via, per, elk, elke, ieder, iedere, alleen nog, nog, ook, bij, na, voor, tegen, binnen, buiten, onder, zodat, als, indien, volledig*, goed, deze, dit, ons, onze, eigen, heeft, hebben, wel, tijdens, tussen, over, hele, zoals, door, naar behoren, juiste, nieuw*, bestaat, bestaan, aanwezig*, beschikbaar*
no: geen, niet, zonder
only: alleen, uitsluitend, enkel
hardcoded: hardgecodeerd*, hard gecodeerd*, in code
key: sleutel*
secret: geheim, geheimen, secrets
file: bestand, bestanden
dotenv file: .env-bestand
not in git: niet in git
database connection: databaseverbinding*, database-verbinding*
database backup: databaseback-up*, databasebackup*, database-back-up*
backup: back-up, back-ups, backups, reservekopie*
restore: herstel, herstellen, herstelprocedure, teruggezet, terugzetten
restored: hersteld
database index: database-index*, database-indexen, indexen
index: indexen, indices
responds: reageert, antwoordt, reageren, responderen
again: opnieuw
restart automatically: automatisch opnieuw, start automatisch opnieuw, automatisch herstart*
restart: herstart*, herstarten
log rotation: logrotatie*, log-rotatie
sensitive data: gevoelige gegevens, gevoelige data, gevoelige informatie
personal data: persoonsgegevens, persoonlijke gegevens
log level: logniveau*, log-niveau
log: logs, logging, logboek*
alerts: meldingen, waarschuwing*, notificatie*, melding
error tracking: foutregistratie*, foutopsporing, foutmonitoring, error-tracking
uptime monitoring: uptime-monitoring, beschikbaarheidsmonitoring
points to: verwijzen naar, verwijst naar, wijzen naar, wijst naar
file size limit: maximale bestandsgrootte, bestandsgrootte*, bestandslimiet
limited: beperkt, gelimiteerd
loads: laadt, laden, geladen, opent, openen, toont, getoond, weergegeven
meta title: metatitel*, meta-titel*
meta description: metabeschrijving*, meta-beschrijving*, metaomschrijving*
title: titel*, paginatitel*
description: beschrijving*, omschrijving*
404 page: 404-pagina*
custom: eigen, aangepaste
second: seconden, seconde
passes: slaagt, slagen, geslaagd*, doorlopen
production build: productiebuild*, productie-build*, productie build
production domain: productiedomein*
production: productie, productieomgeving
known: bekende, bekend
vulnerability: kwetsbaarhe*, beveiligingslek*
enough: voldoende, genoeg
disk space: schijfruimte, schijfcapaciteit
usage: gebruik, verbruik, belasting
cpu usage: cpu-gebruik
memory usage: geheugengebruik
memory: geheugen
running: draaien, draait, actief, gestart
background job: achtergrondtaken, achtergrondtaak, achtergrondprocessen
load test: belastingtest*, belastingstest*, stresstest*
hashed: gehasht, gehashed, versleuteld opgeslagen
protection: bescherming, beveiligd
protected: beveiligd*, beschermd*, afgeschermd*
security: beveiligde
sql injection: sql-injectie
injection: injectie
changes: wijzigingen, aanpassingen
committed: gecommit, ingecheckt
connected: verbonden, gekoppeld
image: afbeelding*, foto's, plaatje*
upload: upload*, geüpload, uploaden
file upload: bestandsupload*, bestanden uploaden, bestand uploaden
session cookie: sessiecookie*, sessie-cookie*
session: sessie*
strategy: strategie*, back-upstrategie
decided: bepaald, vastgesteld
rollback plan: rollbackplan*, terugvalplan
rollback: terugdraai*, terugrol*, terugzetten naar vorige versie
team: team, teamleden
informed: geïnformeerd*, op de hoogte
agreed: akkoord, goedkeuring, goedgekeurd
documented: gedocumenteerd*, beschreven
rule: regel, regels
needed: nodige, nodig, benodigde, noodzakelijk*, vereist*
acceptable: acceptabel*, aanvaardbaar
average: gemiddeld*
allowed: toegestaan, toegestane, toegelaten
contains: bevat, bevatten
open: open, geopend
closed: dicht, gesloten
login: inlog*, aanmelden, aanmelding
register: registratie, registreren
logout: uitloggen, afmelden
order: bestelling*
customer: klant, klanten
sent: verzonden, verstuurd, verstuurt
email: e-mail, e-mails, mails
form: formulier*
contact form: contactformulier*
mobile: mobiel*, telefoon
page speed: laadtijd*, laadsnelheid, paginasnelheid
table: tabel, tabellen
user: gebruiker*
removed: verwijderd*, opgeruimd
replaced: vervangen
expire: verloopt, verlopen
renewal: verlenging, automatisch verlengd, vernieuwing
reachable: bereikbaar*, toegankelijk*, benaderbaar
privacy policy: privacybeleid*, privacyverklaring*, privacypagina*
health check: statuscontrole*
legal pages: juridische pagina*
environment variable: omgevingsvariabele*, environment variabele*
redirect: doorsturen, doorgestuurd, omgeleid*, doorverwezen
dependency: dependencies
tested: getest*, uitgetest, geprobeerd, beproefd
encrypted: versleuteld*
`;
