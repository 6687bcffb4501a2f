/** German, by the English words; "*" stands for any ending, and long words are also found inside compounds. */
export const GERMAN = `
test account: testkonto*, testkonten, testaccount*, testbenutzer*, testnutzer*
database backed up: datenbank gesichert
restore: zurückspielen, zurückgespielt, rückspielen, einspielen des backups
server log: serverlogs, server-logs, serverprotokolle
not expired: läuft nicht ab, nicht abgelaufen
tags: auszeichnung*
written process: strategie definiert, strategie festgelegt, strategie dokumentiert, konzept erstellt
outside: außen, nach außen, von außen
open: öffnen
routes: routen
preview: vorschau
social media preview: social-media vorschau, social-media-vorschau
between: zwischen
language: sprache*
returns: gibt zurück, meldet
says: zeigt "ok"
stored: gespeichert*, abgelegt*
updates: aktualisierung*
direct exposure: direkter expose
certificate issued: zertifikat ausgestellt
issued: ausgestellt*
rollback: rückroll*, zurückroll*, zurückgerollt*, rückgängig*
often queried column: häufig abgefragte spalten
column: spalte*
restarts automatically: automatisch neu, automatisch neu gestartet, startet automatisch neu, automatischer neustart, automatische neustarts
restart: neustart*, neu gestartet, startet neu
uptime monitoring: verfügbarkeitsüberwachung, verfügbarkeits-monitoring, verfügbarkeitsmonitoring, uptime-überwachung, uptime-monitoring
alert: benachrichtigung bei ausfall, benachrichtigungen bei fehlern, alarmierung*, alarm, alarme
outage: ausfall*
meta title: meta-titel*, metatitel, seitentitel
meta description: meta-beschreibung*, metabeschreibung*, seitenbeschreibung*
description: beschreibung*
title: titel
maintained: gepflegt*
links checked: links geprüft
privacy page: datenschutzseite*, datenschutz-seite*
open: geöffnet*, offene, offen
hashed: gehasht*, gehashed
background worker: hintergrund-worker, hintergrundprozess*, hintergrunddienst*
background: hintergrund
allowed: erlaubt*, zugelassen*
concept: konzept
regular: regelmaessig*, regelmässig*
filled: ausgefüllt*, ausfuellen
protection: schutz, absicherung
off-site: außerhalb des servers, außer haus, extern gespeichert
enough: genug, ausreichend*
file upload: datei-upload*, dateiupload*
necessary: benötigte*, notwendige*
ssh keys only: ssh nur mit schlüssel
data export: datenexport*
placeholder value: platzhalter*
running: laufen
error monitoring: fehler-monitoring, fehlermonitoring, fehlerüberwachung, fehler-tracking, fehlertracking
fast: schnell
dispatch of email: e-mail-versand, mailversand
pass: bestehen, besteht
typescript compilation: typescript-kompilierung, typescript kompilierung
fixed: behoben*
password policy: passwortrichtlinie*, passwort-richtlinie*, kennwortrichtlinie*, passwortregeln
type check: typprüfung*, typfehler*, typ-fehler, typen-check
schema: schema
publicly: öffentlich
periodic: periodisch*
drill: durchspielen, durchgespielt, probeweise
switch: umschalten, umgeschaltet
strategy: strategie*
performance: performance, leistung
procedure: verfahren, prozess*, ablauf*
documented: dokumentiert
strategy implemented: strategie implementiert
implemented: implementiert*, umgesetzt*
performed: durchgeführt*, durchführen
regularly: regelmäßig*
function: funktionsfähig*, funktionalität*
all systems: alle systeme
cpu usage: cpu-auslastung, prozessorauslastung, cpu-last
memory usage: speicherverbrauch, speicherauslastung, ram-auslastung, speichernutzung
usage: auslastung, nutzung, verbrauch
disk: festplatte*
free: frei, freier, freies
enough: reicht aus, reicht, reichen
linter: linter-fehler, linterfehler
debug code: debug-ausgaben, debugausgaben, debug-code, testausgaben
removed: entfernt*, gelöscht*, entfernen, löschen, bereinigt*
changes: änderungen
branch: main-branch, hauptbranch, hauptzweig, zweig
main branch: main-branch
merged: gemergt, gemerged, zusammengeführt
automated backup: tägliche datenbanksicherung, tägliche sicherung*, tägliches backup, automatische sicherung*, automatische backups, regelmäßige backups, regelmäßige sicherung*
database backup: datenbanksicherung*, datenbank-backup*, datenbankbackup*
drill: geprobt, geübt, durchgespielt, probelauf
login attempt: anmeldeversuch*, login-versuch*, loginversuch*, fehlversuch*
rate limit: gedrosselt*, drosselung, anfragelimit*, api-limit*
request: anfrage, anfragen
limited: begrenzt*, beschränkt*, eingeschränkt*, limitiert*
area: bereich*
protected: nur nach anmeldung erreichbar, nur nach anmeldung, nur mit anmeldung, nur für angemeldete, anmeldung erforderlich
admin area: admin-bereich*, adminbereich*, administrationsbereich*
own domain: eigene domain, eigenen domain
crash: absturz, abstürze
restart automatically: starten nach einem absturz neu, startet nach absturz neu, startet automatisch neu, starten automatisch neu, automatischer neustart
service: dienst, dienste
operating system: betriebssystem*
os updates: betriebssystem ist aktuell, betriebssystem aktuell, systemupdates
backlog: läuft nicht voll, rückstau, rückstand
delivered: kommt an, kommen an, zugestellt*
least privilege: nötigen rechte, nur die nötigen rechte, notwendigen rechte, eingeschränkte rechte, minimale berechtigungen, minimalrechte, minimalen rechten, minimalen rechte
database user: datenbankbenutzer*, datenbanknutzer*, db-benutzer*, db-user
production .env: produktions-.env, produktions-env
env: env-datei*
character: zeichen
returns: antwortet*, liefert, gibt zurück
health endpoint: health-endpunkt*, health-check-endpunkt*, zustandsendpunkt*
endpoint: endpunkt*, schnittstelle*
error rate: fehlerrate*, fehlerquote*
monitor: beobachten, beobachtet, im blick
access: zugang, zugriff
renewal: verlängert sich, automatische verlängerung, automatische erneuerung, erneuert sich
automatic: automatisch*
daily: täglich*
not accessible: nicht erreichbar, nicht aus dem internet erreichbar
publicly accessible: öffentlich erreichbar, aus dem internet erreichbar
default password: standardpasswort*, standardpasswörter, standard-passwörter, initialpasswort*, standardkennwort*
the: sich, mindestens, höchstens, weniger, neu, liegt, liegen, steht, stehen, läuft, laufen, alten, neuen, eigene, eigenen, jeden, jede, jeder, damit, dort, hier, nötig*, vollständig*, korrekt*, richtig*
backup plan: rückfallplan*, notfallplan*
upload size limit: upload-limit*, uploadgröße*, dateigröße*, maximale dateigröße
database: datenbank*, db
connection: verbindung*, anbindung, erreichbar*, zugriff*, zugang
connection pool: verbindungspool*
offsite: extern gespeichert, externer standort, anderen standort, ausser haus, außer haus
backup: sicherung*, datensicherung*, backup*
restore: wiederherstell*, rücksicherung*, wiederhergestellt
recovery: notfallwiederherstellung
rollback: zurückroll*, rückfall*, rollback*
password: passwort*, passwörter, kennwort*, kennwörter
secret: geheimnis*, zugangsdaten, anmeldedaten, geheime schlüssel, geheim*, api-schlüssel, api schlüssel, schlüssel
strong: stark*, sicher genug, zufällig*, zufalls*, lange, langes, langer
certificate: zertifikat*
valid: gültig*
expiry: ablauf*, abläuft, abgelaufen*, laufzeit, erneuer*, verlänger*
encrypted: verschlüssel*
redirect: weiterleitung*, umleitung*, weitergeleitet, umgeleitet, leitet
force: erzwungen, erzwing*, erzwing, zwingend
security header: sicherheits-header, sicherheitsheader, security-header, sicherheitskopfzeilen
security: sicherheit*
header: kopfzeilen, header*
environment variable: umgebungsvariable*, env-variable*
variable: variable*
environment: umgebung*
error page: fehlerseite*, 404-seite*, 404 seite
error: fehler*
error message: fehlermeldung*
page: seite*
home page: startseite*, homepage*
load: lädt, laden, ladezeit*, geladen
link: verlinkung*, verweis*, navigation
broken link: defekte links, tote links, kaputte links, defekte* link*
all: alle, aller, allen, sämtliche*
test: test, tests, prüfung*
pass: grün, bestanden, erfolgreich*, durchgelaufen, laufen durch
unit test: unittest*, modultest*
integration test: integrationstest*
load test: lasttest*, belastungstest*, performancetest*
migration: migration*, schemaänderung*, datenbankmigration*
applied: angewendet, ausgeführt, eingespielt, durchgeführt*
index: index, indizes
foreign key: fremdschlüssel*
slow query: langsame abfragen, langsame queries, abfrageleistung
query: abfrage*
table: tabelle*
rate limit: ratenbegrenzung*, anfragebegrenzung, rate-limit*, begrenzung der anfragen
limit: begrenz*, grenze*, limit*
login: anmeld*, einlogg*, login*
authentication: authentifizierung*
authorization: berechtigung*, rechte, zugriffsrechte, rollen
protected: geschützt*
cache: zwischenspeicher*, cache*
static files: statische dateien, statische assets
compression: komprimier*, kompression
log: protokoll*, logdatei*, logging
monitoring: überwach*, monitoring*
alert: alarm*, warnung*
health check: zustandsprüfung*, health-check*, healthcheck*, gesundheitsprüfung
worker: hintergrundprozess*, worker*
background job: hintergrundjob*, hintergrundaufgabe*, hintergrund-job*
cron job: cronjob*, geplante aufgabe*, zeitgesteuert*, cron-job*
queue: warteschlange*
webhook: webhook*
signature: signatur*, signier*
payment: zahlung*, bezahl*
dependency: abhängigkeit*
code style: codestil
repository: repository*, repo
commit: eingecheckt*, committet
push: gepusht
build: build*, gebaut, kompilier*
deploy: bereitstell*, ausroll*, deployment*, ausgerollt
document: dokumentier*, dokumentation*
plan: plan, konzept*
team: mitarbeiter*, team*, kunden
train: schul*, geschult
legal: rechtlich*, impressum*, agb
privacy: datenschutz*, dsgvo
firewall: firewall*
port: port, ports
domain: domain*, domäne*
email: e-mail*, email*, mail*
user: benutzer*, nutzer*, anwender*
data: daten*
data integrity: datenintegrität*, datenkonsistenz*, integrität*
debug: debug*
disabled: deaktiviert*, abgeschaltet, ausgeschaltet
enabled: aktiv*, eingeschaltet, aktiviert*
configured: konfigur*, eingerichtet*, einrichten, gesetzt, hinterlegt, vorhanden, eingestellt
verify: prüfen, geprüft*, überprüf*, verifizier*, kontrollier*, sicherstellen, sichergestellt, validier*
works: funktionier*, läuft, laufen
created: erstell*, angelegt, anlegen
installed: installier*
updated: aktualisier*, aktuell*
tested: getestet*, testen
performed: durchführ*
production: produktion*, produktiv*, live
review: durchsicht, abnahme*, freigabe*
default: standard*
restart: neustart*
least privilege: minimale rechte, geringste rechte
response time: antwortzeit*
exposed: öffentlich*, preisgegeben
optimize: optimier*
only: ausschließlich, lediglich
used: verwendet*, genutzt*
search engines: suchmaschinen*
the: der, die, das, den, dem, des, ein, eine, einer, eines, einem, einen, und, oder, ist, sind, wird, werden, wurde, wurden, für, mit, ohne, auf, auch, an, am, im, in, aus, bei, bis, von, vom, vor, zu, zum, zur, über, unter, nach, nicht, kein, keine, keinen, keiner, nur, als, wie, wenn, dass, sich, noch, mehr, alles, wer, was, bzw, ggf, falls, es, er, sie, wir, hat, haben, kann, können, muss, müssen, soll, sollen, durch, gegen, pro, je, sowie
in code: im quellcode, im code, im quelltext, hartkodiert*
changed: geändert*, ausgetauscht*, ersetzt*
points to: zeigt auf, zeigen auf, verweist auf
dns record: dns-einträge, dns-eintrag, dns einträge, dns eintrag
dead link: tote links, toten links, defekte links, kaputte links
contain: enthalten, enthält
personal data: personenbezogene daten, personenbezogenen daten, persönliche daten
disk space: speicherplatz, festplattenplatz, plattenplatz
enough: ausreichend*, genügend
switch: umgestellt, umgeschaltet, umstellen
live mode: live-modus, livemodus, produktivmodus
console: konsole
log: protokolle, protokollierung, logdateien
log rotation: logrotation, log-rotation
security update: sicherheitsupdates, sicherheits-updates
up to date: aktuell, auf dem neuesten stand
server: server, servers
memory: arbeitsspeicher
dependency: abhängigkeit*
vulnerability: sicherheitslücke*, schwachstelle*
database connection: datenbankverbindung*, datenbank-verbindung*
the: sekunde*, minute*, stunde*, sind alle, system, systeme, dienst*, anwendung*, projekt*, umgebung*, vollst*, erfolg, einmal, bereits, regelmäßig*, automatisch*, verfügbar*, erforderlich*, notwendig*, entsprechend*, gestaltet, erledigt, abgeschlossen, fertig, implementiert*, umgesetzt*, hinzugefügt*, gestartet, restlich*, übrig*, jeweils, ordnungsgemäß*, fehlerfrei*
background job: hintergrundjobs, hintergrundjob
operating system: betriebssystem*
slow: langsam*
password: passwort*, passwört*, kennwort*, kennwört*
rejected: abgelehnt*, abgewiesen*, blockiert*, verweigert*
removed: entfernt*, gelöscht*, bereinigt*
privacy policy: datenschutzerklärung*, datenschutzhinweis*
imprint: impressum
linked: verlinkt*
second: sekunden
restart: neu starten, starten neu, neu gestartet
consent: einwilligung*, zustimmung*
file: datei, dateien
upload: upload*, hochgeladen*, hochladen
request: anfrage*, anfragen
broken link: tote links, kaputte links, fehlerhafte links
terms: agb, nutzungsbedingungen
the: bestätigen, anwenden, gemeinsam*, endgültig*, zusätzlich*, erlauben, ersetzen, ergänzen, tatsächlich*, anpassen
key: schlüssel*
open: offen, offene, offenen, geöffnet*
crash: absturz*, abstürz*
the: gültig*, neu gestartet
slow query: langsamen abfragen, langsame abfragen, langsame queries
all code committed to main branch: alle änderungen sind im main, alle änderungen in main
git history: git-historie, git-verlauf, commit-historie
accessibility: barrierefreiheit, barrierefrei*
structured: strukturiert*
scan: scannt, scannen, gescannt
down: downtime
expected: erwartet*
rotated: rotier*
passwords hashed: passwörter gehasht, passwörter werden gehasht, passwort-hashing, passwörter nur gehasht
`;
