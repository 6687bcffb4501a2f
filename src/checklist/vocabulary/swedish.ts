/** Swedish, Danish and Norwegian words beside those of the north, by the English words; "*" stands for any ending. */
export const SWEDISH = `
in code: i koden, i källkoden
the: finns, samtliga, varje, egen, eget, egna, behövs, behöver, bör, får, rätt, riktig*, kommer, upp, ner, in, ut, där, när, också, även, endast dessa, gör, görs, fins, findes, finnes, skal, korrekt*
exists: finns, findes
no: saknar, utan
not in git: inte incheckad, ej incheckad, inte i git
database backup: databasbackup*, databas-backup*
connection pool: anslutningspool*
tested: testad*, testat, provad*, provkörd*, verifierad*
previous version: tidigare version, föregående version
restart automatically: startas om automatiskt, startar om automatiskt, automatisk omstart
restart: omstart*, startas om, startar om
crash: krasch*, kraschar
mode: läge, läget
live mode: live-läge, skarpt läge, produktionsläge
test mode: testläge*
file size limit: filstorleksgräns*, maximal filstorlek, max filstorlek, filstorlek*
accessible: åtkomlig*, nåbar*, tillgänglig*, nås, går att nå
meta title: metatitel*, meta-titel*
meta description: metabeskrivning*, meta-beskrivning*
title: titel, titlar, sidtitel*, rubrik*
description: beskrivning*
under 3 seconds: på under 3 sekunder
less than: på under, mindre än, inom
production build: produktionsbygg*
enough: tillräckligt, tillräcklig, tillräckligt med
background worker: bakgrundsarbetare, bakgrundsprocess*
hashed: hashas, hashad*, hashade
protection: skydd, skyddad mot
injection: injektion*
sql injection: sql-injektion*
changes: ändringar*, ändring
committed: committad*, incheckad*, incheckade
connected: ansluten, anslutna, kopplad*
image: bild, bilder, bilderna
upload: laddas upp, ladda upp, uppladdad*, laddar upp
loads: laddas, laddar, visas, öppnas
informed: informerad*, informerat
created: skapad*, skapat, skapats, upprättad*
account: konto
correct: korrekt*
table: tabell*, tabellerna
order: beställning*, order
user: användare, användaren
register: registrering*, registrera
logout: logga ut, utloggning
form: formulär*
mobile: mobil*
removed: borttagen, borttagna, raderad*
replaced: ersatt*, bytt, bytts, utbytt*
rollback: återställning till tidigare version, backa
deploy: deployar, deploya, deployad*
sent: skickas, skickat
price: pris, priser
key: nyckel*
product: produkter, produkt
open: öppen
closed: stängd*
environment: miljö
policy: policies, policyer
`;
