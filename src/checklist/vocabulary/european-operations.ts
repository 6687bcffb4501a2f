/** What is run, watched and tried, in the languages of Europe and in Turkish, by the English words; "*" stands for any ending. */
export const EUROPEAN_OPERATIONS = `
long and random: lang und zufällig, lang und zufaellig
start: starten, gestartet wird, старт, старте, старта, стартует, стартуют, spustit, uruchomić
only ports open: nur ports offen
load time under: ladezeit unter
network: netz, сеть, сети, сетью, сетей
inside: innerhalb, intern, внутри
notification on errors: benachrichtigungen bei fehlern
other users data: daten anderer benutzer, daten anderer nutzer, fremde daten, fremden daten, daten anderer kunden, başka kullanıcıların veri*, diğer kullanıcıların veri*, başkasının veri*, данные других пользователей, чужие данные, чужим данным, данным других пользователей, dane innych użytkowników, danych innych użytkowników, data jiných uživatelů, datos de otro usuario, datos de otros usuarios, datos de otros, datos ajenos, dados de outro usuário, dados de outros usuários, dados de outros, dati di altri utenti, dati di un altro utente, données d'un autre utilisateur, données d'autres utilisateurs, données des autres utilisateurs, données d'autrui
cannot access: kann nicht zugreifen, können nicht zugreifen, keinen zugriff auf, kein zugriff auf, erişemem*, erişilemiyor, erişilemez, нет доступа к, no puede ver, no pueden ver, não acessam, não podem acessar, não vê, non può accedere, non possono accedere, non può vedere, ne peut pas voir, ne voit pas
unauthorized: unbefugt*, unberechtigt*, nicht autorisiert*, yetkisiz*, неавторизованн*, неаутентифицированн*, non autorizzati, non autorizzate, non autorizzato, no autorizados, no autorizado, no autorizadas, não autorizado, não autorizados, não autorizadas, non autorisé, non autorisés, non autorisées
receives: empfängt, alıyor, alınabil*, ulaşıyor, получает, получают, recibe, reciben, recibiendo, recebe, recebem, recebendo, riceve, ricevono, reçoit, reçoivent
purchase flow: bestellvorgang, kaufvorgang, bestellablauf, kaufabwicklung, proceso de compra, processo de compra, tunnel d'achat, flusso di acquisto, processo di acquisto
end to end: durchgängig, von anfang bis ende, uçtan uca, от начала до конца, сквозной
complete: komplett, kompletter, kompletten, komplette
resources: ressourcen, kaynaklar, kaynakları, ресурс*, zasob*, zdroje, prostředky, recursos, ressources, risorse
critical: kritisch*, критичн*, критическ*, krytyczn*, kritick*, crítico, crítica, críticos, críticas, critico, critici, critique, critiques
connection string: verbindungszeichenkette, bağlantı dizgisi, строк* подключени*
user flow: benutzerfluss, nutzerfluss, flujo de usuario, flujos de usuario, flujos de usuarios, flujo del usuario, fluxo do usuário, fluxo de usuário, fluxos de usuário, jornada do usuário, parcours utilisateur, parcours utilisateurs, flusso utente, percorso utente
smoke test: smoketest*, funktionstest*, смоук*
rolling update: rollierend*
time sync: zeitsynchronisation, zeitsynchronisierung, синхронизаци* времени
starts on boot: startet beim booten, startet beim systemstart, beim systemstart gestartet, açılışta başl*, sistem açılışında, запускается при старте системы, автозапуск, запуск при загрузке системы, запускается при загрузке, arranca al iniciar el sistema, inicia con el sistema, inicia junto com o sistema, démarre au boot, si avvia all'avvio
data retention: aufbewahrungsfristen, löschfristen, löschkonzept
the: lar, ler, ları, leri, ların, lerin, senaryosu, senaryo, senaryoları, bazlı, tarafında, kısmı, hâlâ, artık, kadar, göre, karşı, yönelik, eksiksiz, uygun, gerçek
configured: ayarlı
daily: günlük, her gün
weekly: haftalık
monthly: aylık, ayda bir
connected: bağlı, bağlandı
database reachable: veritabanına bağlan*, veritabanına bağlanıl*
reachable: bağlanab*, bağlanılab*, ulaşılabilir
flow: akış, akışı, akışları, akışlar, сценари*, przepływ*, ścieżk* użytkownik*, flujo, flujos
signup: kayıt olma, üye olma
login: giriş yapma
allowed: izin verilen, izinli
login attempts: login denemeleri, başarısız giriş*
centralized: merkezi
arrives: geliyor, gelir, düşüyor
stack trace: hata izi, стектрейс*, стек-трейс*, трассировк* стека, ślad stosu, traza de pila, trazas de pila, rastreamento de pilha
time zone: zaman dilimi
internet: internetten
exposed: dışarıya açık, dışarı açık, internete açık
not exposed: dışarıya kapalı, dışarı kapalı, internete kapalı
resize: yeniden boyutlandır*
payment flow: ödeme akışı
apply: применить, примените, применяются
automatic renewal: автопродлен*, автообновлени* сертификат*
arrive: приходят, приходит, доходят, доходит
default: дефолтн*, стандартн*
config: конфиг, конфиге, конфига, конфигурац*
not accessible from outside: недоступ* снаружи, закрыт* извне, закрыт* снаружи
error alerts: уведомления об ошибках
alert on failure: уведомления при падении, уведомление при падении, оповещения при падении, уведомления о падении, уведомления при сбое
checkout: оформление заказа, оформления заказа
queried column: запрашиваемых колонках, запрашиваемых столбцах
often: часто, частых
column: колонк*, столбц*, столбец
create: написать, vytvoř, vytvořit, stwórz, stworzyć, utworzyć
core user flow: основн* пользовательск* сценари*, пользовательск* сценари*
randomly generated: сгенерирован* случайн*
in code: w kodzie, v kódu, v kode
connections: połączeń
database connection limit: limity połączeń z bazą danych, limit połączeń z bazą danych
policy: polityk*, zásad*
data retention policy: polityka retencji danych, polityki retencji danych
performance test: testy wydajnościowe, testów wydajnościowych, test wydajności, testy wydajności, výkonnostní test*
performance: wydajnoś*, výkon*
ensured: zapewnion*, zajištěn*
safely: bezpiecznie, bezpečně
accessibility: dostępność a11y, dostępność wcag
switch: przełączon*, przełącz*, přepnout, přepnut*, přepni
live mode: ostrého režimu, ostrém provozu, ostrý provoz, trybu produkcyjnego
test order: testovací objednávk*, zamówienie testowe, testowe zamówienie
order: objednat, zamów
payment: platební
payment card: platební karta, karta płatnicza
test: otestovat, otestuj, przetestować, przetestuj, vyzkoušet, testovací, probando, denetle
finished: dokončen*, ukończon*, zakończon*
check: zkontrolovat, zkontroluj, zkontrolován*, ověřit, sprawdzić
change: zmień, zmienić, cambio, trocar, troca, cambiare, cambia
configure: skonfigurować
add: přidat, dodać
logout: wylogow*, odhlášen*
complete flow: flujo completo, fluxo completo, flusso completo
complete workflow tested: tester workflow complet
complete user flow: flujo completo de usuario, flujo completo del usuario, fluxo completo do usuário, fluxo completo de usuário, flusso completo utente
purchase: compra, compras, achat, achats, acquisto, acquisti
allow: liberando, liberar, liberado, liberadas, permettant
authorized: autorizad*, autorisé*, autorizzat*
blocked: blocca, bloccano
limited to: limitato ai, limitati ai
isolation: isolamento, cloisonnement
isolated: isolado, isolados, isolada, isoladas, aislado, aislados, isolato, isolati, isolé, isolés
tenant isolation: isolamento entre tenants, isolamento de tenants, isolamento tra tenant
size: taille, dimensione
file upload: téléversement
restarts automatically: redémarrage automatique, reinicio automático, reinício automático, riavvio automatico, se reinicia automáticamente, reinicia automaticamente, si riavvia automaticamente, redémarre automatiquement
disable: desabilitar, disabilitare, desativar
basic: básico, básica, basique
download: descarga, descargas, baixar
off-site copy: copia externa, copie externe, cópia externa
try: tentar, essayer, intentar
manual: manualmente, manuellement
optional: opcional, opcionales, opcionais, facultatif, facoltativo, opzionale
sending: envio, envío, envíos, envios, invio, envoi
non-root user: usuário não-root, usuário não root, usuario no root, usuario no-root, utilisateur non root, utilisateur non-root, utente non root, utente non-root
frequency: frecuencia, frequência, frequenza
module: módulo, módulos, modulo
appointment: agendamento, cita, citas, rendez-vous
connection limit: limity połączeń, limit połączeń, limit připojení, limity připojení, лимит подключений, лимиты подключений, ограничение подключений, bağlantı limiti, bağlantı sınırı, verbindungslimit*, limite de connexions
signup and login: kayıt ve giriş, регистрация и вход
email alert: e-mail-benachrichtigung, e-mail-benachrichtigungen
not reachable from outside: von außen nicht erreichbar, nach außen nicht erreichbar, nach außen nicht offen
access: доступ, доступа
worker running: worker läuft, worker laufen, worker çalışıyor, воркер работает, воркеры работают
service: servicio, servicios, serviço, serviços, servizio, servizi, dienst, dienste, hizmet, servis, servisi, сервис, сервисы, служба, службы, usługa, usługi, služba, služby
application: aplicación, aplicaciones, aplicação, aplicativo, applicazione, anwendung, uygulama, uygulaması, приложение, приложения, aplikacja, aplikacji, aplikace
user: usuario, usuarios, usuário, usuários, utente, utenti, utilisateur, utilisateurs
load test: lasttest, lasttests, belastungstest
cpu cores: kerne, kernen, prozessorkern*, cpu-kern*, çekirdek*, ядер, ядра, núcleos, cœurs
status page: страница статуса, страницу статуса, страница состояния, sayfa durumu
outage: caídas del servicio, caída del servicio, quedas do serviço, queda do serviço, pannes, arrêt du service, servis kesintisi
not public: не публичный, не публичны, не публичен, nicht öffentlich, no es público, não é público, non publics
signup flow: kayıt akışı, üyelik akışı
write permissions: schreibrechte, schreibrecht, droits d'écriture, permisos de escritura, permissões de escrita, yazma izinleri, права на запись
type: tipo, tipos
month: ayda, aylık
automation: автоматизация, автоматизации, otomasyon, automatización, automação
`;
