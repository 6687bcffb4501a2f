/** Polish and Czech, by the English words; "*" stands for any ending. */
export const SLAVIC = `
hardcoded: w kodzie źródłowym
database connection: połączenie z bazą danych, połączenia z bazą danych
database indexes: indeksy w bazie danych
the: jest, są, się, jako, przez, każdy, każda, każde, każdej, każdego, wszystkie, wszystkich, wszystko, dla, poprawnie, prawidłowo, odpowiedni*, właściw*, własn*, należy, musi, muszą, można, mogą, także, również, tylko w, wymagan*, potrzebn*, niezbędn*, pomocą, pomocí, každou, každý, každá, každé, všech, všechno, správně, řádně, vlastní, musí, může, mohou, také, podle, při, nad, mezi, před, až, ze, od, aby, který, która, które, ktorych
no: brak, brakuje, bez, nie, nie ma, žádn*, není, nejsou, bez
only: tylko, wyłącznie, jedynie, pouze, jen
header: nagłów*, hlavičk*
rate limit: ograniczenie liczby żądań, ograniczenie zapytań, limit zapytań, limitowanie żądań, omezení počtu požadavků, omezení požadavků, limit požadavků
limit: ogranicz*, limit*, omezen*
request: żąda*, zapytań, požadav*
hardcoded: zahardkodowan*, zakodowane na stałe, zapisan* w kodzie, na stałe w kodzie, natvrdo
code: kod, kodzie, kodu, kód, kódu
source code: kodzie źródłow*, kod źródłow*, kodu źródłow*, zdrojov* kód*
key: klucz*, klíč*
file: plik*, soubor*
upload: przesyłan*, wgrywan*, nahráván*, nahrávan*, upload*
file upload: przesyłanie plików, wgrywanie plików, nahrávání souborů
file size limit: limit rozmiaru przesyłanych plików, limit rozmiaru plików, limit velikosti nahrávaných souborů, limit velikosti souborů, rozmiar* plik*, velikost* soubor*
size: rozmiar*, velikost*
repository: repozytori*, repozitář*, gitu
added: dodan*, přidán*
default password: domyślne hasł*, domyślnych haseł, výchozí hesl*
default: domyśln*, výchozí
changed: zmienion*, změněn*, změnit
debug mode: tryb debug*, trybie debug*, režim ladění, režimu ladění, ladicí režim*
debug: debugowani*, ladění
database: baza danych, bazy danych, bazą danych, bazie danych, bazę danych, baz danych, baza, bazy, bazą, bazie, databáz*, databázov*
connection: połączeni*, připojen*, spojení
database connection: połączenie z bazą, połączenia z bazą, připojení k databázi
tested: przetestowan*, testowan*, sprawdzon*, otestován*, testován*, vyzkoušen*, wypróbowan*
test: testy, testów, testu, testů, testem, test
daily: codzienn*, dzienn*, denní, každodenní, denně
automatic: automatyczn*, automatick*
backup: kopi* zapasow*, záloh*
restore: przywróc*, przywrac*, odtworz*, odtwarz*, obnov*
rollback: wycofan*, cofnięci*, przywrócenie poprzedniej wersji, návrat k předchozí verzi
index: indeks*, index, indexy, indexů
database index: databázové indexy, indeksy w bazie
configured: nastav*, ustaw*, skonfiguruj*, konfigur*
and: ani, lub, nebo
connection pool: pul* połączeń, pool připojení
responds: odpowiada*, odpovíd*, vrac*
crash: awari*, padnięci*, pádu, po pádu
after: po
restart automatically: automatycznie restartuje, automaticky restartuje
restart: restart*
server: serwer*, serveru
log rotation: rotacj* logów, rotac* logů
log: log, logi, logów, logach, logu, logy, logů, logován*
log level: poziom logowania, poziom logów, úroveň logování, úroveň logů
sensitive data: wrażliw* dan*, wrażliw* informacj*, dan* wrażliw*, citliv* dat*, citliv* informac*, citliv* údaj*
personal data: dan* osobow*, osobní* údaj*
error tracking: śledzenie błędów, monitorowanie błędów, monitoring błędów, sledování chyb, monitoring chyb
uptime monitoring: monitoring dostępności, monitorowanie dostępności, monitoring dostupnosti
alerts: alerty, alertów, powiadomieni*, upozorněn*, výstrah*
points to: wskazuj*, wskazuje na, směřuj*, míří
dns record: rekord* dns, wpis* dns, dns záznam*, záznam*
record: rekord*
live mode: trybie live, tryb live, trybie produkcyjnym, tryb produkcyjny, ostrém režimu, ostrý režim, živý režim
mode: tryb*, režim*
test mode: tryb* testow*, testovací režim*
verified: weryfikowan*, zweryfikowan*, ověřen*, ověřov*
webhook: webhooku, webhooka, webhooky
accessible: dostępn*, dostupn*, osiągaln*
page: podstron*, podstránk*
loads: ładuje, ładują, otwiera*, wyświetla*, načte, načtou, načítá, načítají, zobraz*
home page: strona główna, stronę główną, strony głównej, hlavní stránk*, úvodní stránk*, domovská stránk*
meta title: tytuł* meta, meta tytuł*, titulk* meta
title: tytuł*, titul*, nadpis*
description: opis, opisy, opisów, popis*
broken links: niedziałających linków, niedziałające linki, martwych linków, martwe linki, uszkodzonych linków, nefunkční odkazy, rozbité odkazy, nefunkčních odkazů
link: linki, linków, linkach, odkaz*
404 page: strona 404, stronę 404, strony 404, stránka 404, stránku 404
privacy policy: polityka prywatności, politykę prywatności, polityki prywatności, zásady ochrany osobních údajů, ochrana osobních údajů, ochrany soukromí
terms: regulamin*, obchodní podmínky, podmínky použití
published: opublikowan*, zveřejněn*
cookie: ciasteczk*, cookie*
cookie banner: baner cookies, baner ciasteczek, cookie lišt*, lišta cookies
banner: baner*, lišt*
less than: poniżej, mniej niż, méně než
second: sekund*
load time: czas ładowania, czas wczytywania, doba načítání, rychlost načítání, szybkość ładowania, czas ładowania strony
passes: przechodz*, zaliczon*, powodzi, powiódł, udany, projde, procház*, projdou, úspěšn*, pomyśln*, zakończon* sukcesem
build: kompilacj*, sestaven*, buildu
test email: mail testowy, e-mail testowy, testowy mail, testowy e-mail, testovací e-mail, testovací email, zkušební e-mail
arrives: dochodzi, dochodzą, dorazí, doručen*, přijde
production build: build produkcyjny, produkční build, produkční sestavení
known: znan*, znám*
vulnerability: podatnoś*, luk* bezpieczeństwa, zranitelnost*
dependency: zależnoś*, závislost*
without errors: bez błędów, bez chyb
firewall: zapora sieciowa, zapor*
open: otwart*, otevřen*
port: porty, portů, portech
enough: wystarczając*, dostatek, dostatečn*, dość
disk space: miejsc* na dysku, miejsca na dysku, miejsce na dysku, místa na disku, místo na disku, přestrzeni dyskowej
disk: dysk*, disk*
usage: użyci*, zużyci*, wykorzystani*, využit*, vytížen*
memory: pamięc*, pamięć, pamět*
normal: w normie, v normě, normaln*
background job: zadania w tle, procesy w tle, zadań w tle, úlohy na pozadí, procesy na pozadí
background: w tle, na pozadí
worker: worker*, workery
running: uruchomion*, działają, běží, běžet, spuštěn*
cron job: zadania cron, cron úlohy, úlohy cron, naplánované úlohy, zadań cron
job: zadani*, úloh*
load test: test obciążeniow*, testy obciążeniow*, zátěžov* test*
performed: przeprowadzon*, wykonan*, proveden*
hashed: hashowan*, haszowan*, hashován*
protection: ochron*, zabezpieczenie przed, ochran*
rls: rls
table: tabel*, tabulk*
changes: zmian*, změn*
committed: zacommitowan*, commitnut*, zatwierdzone w git
connected: połączon*, podłączon*, připojen
session: sesj*
informed: poinformowan*, informován*, informovan*
approved: zaakceptowa*, zatwierdz*, schválen*, zgod*
updated: zaktualizowan*, aktualizován*
strong: siln*, losow*, siln*, náhodn*
valid: ważn*, platn*
installed: zainstalowan*, nainstalován*
environment variable: zmienn* środowiskow*, proměnn* prostředí
remove: usuń, usunąć, odstranit
mobile: mobiln*, telefon*
form: formularz*, formulář*
register: rejestracj*, registrac*
login: logowani*, zalogow*, přihlášen*, přihlášení
require: wymaga*, vyžaduj*
image: obraz*, zdjęci*, obráz*
sent: wysyłan*, wysłan*, odeslán*, odesílá*
service: usług*, služb*
admin: administra*
redirect: przekierow*, přesměrov*
encrypted: zaszyfrowan*, šifrován*
monitored: monitorowan*, monitorován*
replaced: zastąpion*, podmienion*, nahrazen*
`;
