/** Polish, Czech, Russian, Ukrainian and Turkish, by the English words; "*" stands for any ending. */
export const EASTERN = `
database: baza danych, bazy danych, bazą danych, bazie danych, databáz*, база данных, базы данных, базе данных, базу данных, бд, база даних, бази даних, veritabanı*, veri tabanı*
connection: połączeni*, dostępn*, připojení, подключени*, соединени*, доступ*, підключенн*, bağlantı*, erişilebilir*, erişim*
connection pool: pula połączeń, пул соединений, bağlantı havuzu*
backup: kopia zapasowa, kopie zapasowe, kopii zapasowych, zálohov*, záloha, zálohy, резервн* копи*, резервное копирование, бэкап*, бекап*, резервні копії, yedek*
restore: przywrac*, odtworz*, przywróc*, obnov*, восстановлени*, восстанов*, відновлен*, geri yükle*, kurtarma
rollback: wycofani*, откат*, відкат*, geri alma, geri al
password: hasł*, hesl*, парол*, şifre*, parola*
secret: sekret*, poświadcze*, klucze api, klucz api, tajn*, секрет*, учетные данные, ключи api, ключ api, gizli*, api anahtar*, kimlik bilgileri
strong: siln*, losow*, надежн*, сложн*, случайн*, güçlü*, rastgele
certificate: certyfikat*, certifikát*, сертификат*, сертифікат*, sertifika*
expiry: wygasa*, ważnoś*, odnawia*, истека*, истечени*, продлени*, обновление сертификата, süre*, yenile*
encrypted: szyfrowan*, zaszyfrowan*, šifrov*, шифрован*, зашифрован*, şifrele*
redirect: przekierow*, přesměrov*, перенаправлени*, редирект*, yönlendir*
force: wymuszon*, wymusz*, vynucen*, принудительн*, zorunlu*, zorla*
security header: nagłówki bezpieczeństwa, bezpečnostní hlavičky, заголовки безопасности, güvenlik başlıkları, güvenlik başlık*
security: bezpieczeństw*, bezpečnost*, безопасност*, безпек*, güvenlik*
environment variable: zmienne środowiskowe, zmiennych środowiskowych, proměnné prostředí, переменные окружения, переменных окружения, переменная окружения, змінні середовища, ortam değişken*, çevre değişken*
environment: środowisk*, prostředí, окружени*, среда, середовищ*, ortam*
error page: strona błędu, strony błędów, страница ошибки, страницы ошибок, hata sayfa*
error: błąd, błęd*, chyb*, ошибк*, помилк*, hata*
page: stron*, stránk*, страниц*, сторінк*, sayfa*
home page: strona główna, главная страница, ana sayfa
load: ładuj*, wczytuj*, načít*, загруж*, загрузк*, yükle*, açılıyor
broken link: uszkodzone linki, niedziałające linki, битые ссылки, битых ссылок, kırık bağlantı*, kırık link*
link: ссылк*, odkaz*
all: wszystkie, wszystkich, všechny, все, всех, всі, tüm, bütün
test: testy, тест*, testler*
pass: przechodz*, zdan*, prochází, проход*, пройден*, успешн*, успішн*, geçti, geçiyor, başarıl*
unit test: testy jednostkowe, jednotkové testy, юнит-тесты, модульные тесты, birim test*
integration test: testy integracyjne, integrační testy, интеграционные тесты, entegrasyon test*
load test: testy obciążeniowe, test obciążeniowy, zátěžové testy, нагрузочное тестирование, нагрузочные тесты, нагрузочный тест, yük test*
migration: migracj*, migrac*, миграци*, міграці*, migrasyon*, geçiş betikleri
applied: zastosowan*, wykonan*, aplikov*, применен*, выполнен*, застосован*, uyguland*, çalıştırıld*
index: indeks*, индекс*, індекс*, dizin*
foreign key: klucz obcy, klucze obce, внешние ключи, внешний ключ, yabancı anahtar*
slow query: wolne zapytania, медленные запросы, yavaş sorgu*
query: zapytani*, запрос*, sorgu*
rate limit: ograniczanie liczby żądań, limit żądań, limity zapytań, ограничение частоты запросов, ограничение запросов, лимит запросов, hız sınır*, istek sınır*, oran sınır*
login: logowani*, přihláš*, вход, логин*, авторизац*, giriş*
authentication: uwierzytelni*, autentizac*, аутентификаци*, автентифікаці*, kimlik doğrulama*
authorization: autoryzacj*, uprawnieni*, oprávnění, права доступа, разрешени*, yetki*
protected: chronion*, zabezpieczon*, chráněn*, защищен*, захищен*, korumalı, korunan
cache: pamięć podręczna, кэш*, кеш*, önbellek*
static files: pliki statyczne, statické soubory, статические файлы, статика, statik dosya*
compression: kompresj*, komprese, сжати*, sıkıştırma*
log: logi, logów, protokol*, логи, логов, логирован*, журнал*, günlük kay*, loglar*, kayıt*
monitoring: monitorow*, monitorován*, мониторинг*, моніторинг*, izleme*, izlen*
alert: powiadomieni*, alarm*, upozornění, оповещени*, алерт*, уведомлени*, сповіщен*, uyarı*, bildirim*
health check: sprawdzanie stanu, kontrola stavu, проверка состояния, проверка здоровья, sağlık kontrol*
background job: zadania w tle, úlohy na pozadí, фоновые задачи, фоновых задач, arka plan iş*, arka plan görev*
cron job: zaplanowane zadania, naplánované úlohy, запланированные задачи, расписани*, zamanlanmış görev*
queue: kolejk*, fronta, очеред*, черг*, kuyruk*
signature: podpis*, подпис*, підпис*, imza*
payment: płatnoś*, platb*, платеж*, оплат*, ödeme*
dependency: zależnoś*, závislost*, зависимост*, залежност*, bağımlılık*
repository: repozytori*, репозитори*
build: сборк*, збірк*, derleme*, derlen*
deploy: wdroż*, wdraż*, nasazen*, развертывани*, деплой*, розгортан*, dağıtım*, yayın*, devreye al*
document: dokumentacj*, udokumentowan*, dokumentac*, документаци*, задокументирован*, документац*, dokümantasyon*, belge*
plan: план*
team: zespół*, zespoł*, klient*, tým*, команд*, ekip*, müşteri*
train: przeszkol*, szkoleni*, školen*, обучен*, eğitim*
legal: prawn*, regulamin*, právn*, юридическ*, hukuk*
privacy: prywatnoś*, rodo, конфиденциальност*, gizlilik politikas*, kvkk
firewall: zapora, брандмауэр*, файрвол*, güvenlik duvarı*
domain: domen*, домен*, alan ad*
email: poczt*, почт*, письм*, e-posta*, eposta*
user: użytkowni*, uživatel*, пользовател*, користувач*, kullanıcı*
data: dane, danych, данные, данных, veri, veriler*
data integrity: spójność danych, integralność danych, целостность данных, veri bütünlüğü
disabled: wyłączon*, vypnut*, отключен*, выключен*, вимкнен*, devre dışı, kapalı, kapatıld*
enabled: włączon*, aktywn*, zapnut*, включен*, активирован*, увімкнен*, etkin*, aktif*, açık
configured: skonfigurowan*, ustawion*, nastaven*, настроен*, налаштован*, задан*, установлен*, yapılandır*, ayarlan*, ayarland*, tanıml*, правильн*, добавлен*
verify: sprawdz*, zweryfikow*, ověř*, zkontrol*, проверить, проверен*, проверка, перевірен*, doğrula*, kontrol*, sağla*
works: działa*, funguj*, работает, работают, працює, çalışıyor, çalışır, çalışan
created: utworzon*, vytvořen*, создан*, створен*, oluştur*
updated: zaktualizowan*, aktualn*, aktualizov*, обновлен*, оновлен*, güncel*
ready: gotow*, готов*, hazır*
exists: существует, istnieje, existuje, mevcut
optimize: zoptymalizow*, optymaliz*, optimaliz*, оптимизирован*, оптимизац*, оптимізов*, optimize*
response time: czas odpowiedzi, doba odezvy, время ответа, час відповіді, yanıt süre*
the: w, we, i, oraz, lub, na, do, z, ze, za, od, dla, po, przez, nie, jest, są, się, że, jak, przed, a, v, ve, se, s, k, je, jsou, pro, и, или, в, во, на, не, с, со, к, по, для, из, от, до, за, без, при, о, об, это, есть, что, как, если, если нужен, та, і, й, або, ile, için, bir, bu, da, de, mi, mı, ya, veya, olarak, olan, gibi, üzerinde, her, yok, var
production: produkcj*, produkcyjn*, produkčn*
the: środowisk*, system*, usług*, aplikacj*, projekt*, użytkowni*, now*, automatyczn*, poprawn*, dostępn*, gotow*, dodan*, zainstalowan*, prostředí, služb*, aplikac*, uživatel*, automatick*, správn*, dostupn*, hotov*
removed: usunięt*, odstraněn*
rejected: odrzuc*, zablokowan*, odmítn*
`;
