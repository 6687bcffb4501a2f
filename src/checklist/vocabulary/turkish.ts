/** Turkish, by the English words; "*" stands for any ending. */
export const TURKISH = `
test account: test hesap*, test kullanıcı*
the: üzerinden
close unnecessary ports: gereksiz portlar kapatıldı, kullanılmayan portlar kapatıldı
the: var, yok
requires: gerektir*
short time: kısa sürede
backup security: yedeklerin güvenliği
backups encrypted: yedeklerin şifrel*
hsts header: hsts başlığı, hsts başlık*
header: başlığı, başlıkları
configured: ayarları yapıld*, ayarlar yapıld*, ayarları, ayarlar, ayarı, ayarland*, yapılandırıld*, kurulumu yapıld*, bağland*, girildi, eklendi
default password: varsayılan şifre*, varsayılan parola*
database migrations: veritabanı göç*, veritabanı migration*, veritabanı migrasyon*, veritabanı geçiş*
migration: göçler*, göçü
restarts automatically: otomatik yeniden başl*, otomatik olarak yeniden başl*
restart: yeniden başl*
crash: çökünce, çöktüğünde, çökme*, çökerse
dns points to: dns yönlendir*, dns kayıtları sunucuya yönlendir*
points to: sunucuya yönlendir*, yönlendirilmiş
live mode: canlı mod*, live mod*
live: canlı, canlıda, canlıya
live site: canlı site*
production environment: canlı ortam*
production domain: canlı domain*, canlı alan ad*
file size limit: yükleme dosya boyutu sınır*, dosya boyutu sınır*, dosya boyutu limit*, yükleme boyut*, dosya yükleme limit*
meta title: meta başlık*, sayfa başlığı, sayfa başlıkları
meta description: meta açıklama*
meta tags: meta etiket*
description: açıklama*
title: başlık
label: etiket*
custom: özel
404 page: 404 sayfa*, özel 404 sayfa*
privacy policy: gizlilik politika*, gizlilik sayfa*, gizlilik sözleşme*, kvkk metni, kvkk sayfa*, kvkk aydınlatma*
terms of service: kullanım koşul*, kullanım şart*, kullanıcı sözleşme*
published: yayınland*, yayında
cookie: çerez*
cookie banner: çerez bildirim*, çerez uyarı*, çerez banner*, çerez onay*
page load time: sayfa yüklenme süre*, sayfa açılış*, sayfa yükleme süre*
second: saniye*
short: kısa
under: altında
known: bilinen
vulnerability: güvenlik açı*, zafiyet*
space: alan
disk space: disk alanı, disk alan*
background worker: arka plan işçi*, worker'lar, işçi*
cron job: cron görev*, cron iş*
job: görev, görevler*
hashed: hashlen*, hash'len*, özet*
passwords: şifreler, şifrelerin, parolalar
password: şifre, şifresi, şifreleri, parola
encrypted: şifrelendi, şifreleniyor, şifrelenmiş
protection: koruma*, önlem*
changes: değişiklik*
committed: commitlen*, commit'len*, commit edil*
image: resim*, görsel*, fotoğraf*
upload: yüklenebil*
file upload: dosya yükleme*, resim yükleme*, görsel yükleme*
all tests pass: bütün testler başarılı, tüm testler başarılı, testler başarıyla geçti
pass: başarılı, geçti, geçiyor, geçer, hatasız
type check: tip kontrol*, tip hatası, tip hataları, tür denetimi
strategy: strateji*
decided: belirlendi, belirlen*
permits: veriyor, izin veriyor, izin ver*
limited: sınırlı, kısıtlı
exists: var, mevcut
port: portlar*, portu
open: açık
login page: giriş sayfa*
admin panel: admin panel*, yönetim panel*, yönetici panel*
form: form*
contact form: iletişim form*
responsive: responsive, duyarlı tasarım
mobile: mobil, mobilde
order: sipariş*
product: ürün*
category: kategori*
search: arama
register: kayıt ol*, üye ol*, üyelik
user: kullanıcı*
logout: çıkış
query: sorgu*
field: alanları
the: gerekli, kontrol edilmeli, gözden geçiril*, olarak, durumda, sorunsuz
canonical: canonical
unnecessary: gereksiz
size: boyut*
limit: limit*, sınır*
critical: kritik
security: güvenliği, güvenlik
integration: entegrasyon*
environment: environment
file: dosya*
number: sayı*
system: sistem*
database: veritaban*, veri taban*
database connection: veritabanı bağlantı*
database user: veritabanı kullanıcı*
connection pool: bağlantı havuz*
backup: yede*, yedek*, yedekleme*
daily backup: günlük yede*, günlük veritabanı yede*, otomatik yede*
restore: geri yükle*, yedekten dön*, kurtarma*
rollback: geri al*, geri dön*
drill: prova*, tatbikat*
test: test, test edil*, testi, testleri, testler, denendi, dene*
performed: yapıld*, edildi, edilir, ediliyor, alındı, alınıyor, gerçekleştiril*, tamamland*
password: şifre*, parola*
default: varsayılan
changed: değiştiril*, değişti*
strong: güçlü, rastgele
secret: gizli anahtar*, api anahtar*, anahtar*, gizli bilgi*, kimlik bilgi*
in code: kodda, kod içinde, kaynak kodda, koda göm*
code: kod*, kaynak kod*
pushed: gönderil*, pushland*
merged: birleştiril*
branch: dal, dalı, dalına, branch*
environment variable: ortam değişken*, çevre değişken*
defined: tanımland*, tanımlı, girild*, eklend*, ayarland*, yapılandırıld*
debug mode: hata ayıklama mod*, debug mod*
debug: hata ayıklama
disabled: kapalı, kapatıld*, devre dışı
enabled: açık, açıld*, aktif*, etkin*
certificate: sertifika*
expiry: yenilen*, yenileme*, süresi dol*, bitiş tarih*
automatic: otomatik
valid: geçerli
installed: kurulu, kuruld*, yüklend*
redirect: yönlendir*
security header: güvenlik başlık*
security: güvenli*
firewall: güvenlik duvar*
rate limit: istek sınır*, hız sınır*, oran sınır*, istek limit*
login attempt: giriş deneme*, oturum açma deneme*
sensitive data: hassas veri*, hassas bilgi*
personal data: kişisel veri*
log: log*, günlük kayıt*
log rotation: log rotasyon*, log döndürme
home page: ana sayfa*, anasayfa*
page: sayfa*
loads: açılıyor, yükleniyor, açılır, görüntülen*
health check: sağlık kontrol*, sağlık durum*
returns: dönüyor, döner, dönd*
disk space: disk alan*, disk boş alan*
enough: yeterli
memory usage: bellek kullanım*, ram kullanım*
memory: bellek, belleğ*
cpu usage: cpu kullanım*, işlemci kullanım*
usage: kullanım*
error rate: hata oran*
error: hata, hatalar*, hatası, hataları
response time: yanıt süre*, cevap süre*, tepki süre*
the: altında, üstünde, üzerinde, in, nin, nın, un, ün, den, dan, e, ye, kendi, adımıza, bizim, sadece, yalnızca, tüm, var, yok, olmalı, oldu, edildiğinden, emin, hazır, gerekli, doğru, düzgün, şekilde, sonra, önce, her, ve, veya, ile
no: yok, bulunmuyor, bulunmamalı, içermiyor
only: sadece, yalnızca
domain: alan ad*, alan adımız*, domain*
background job: arka plan iş*, arka plan görev*
works: çalışıyor, çalışır, çalıştığ*
broken link: kırık bağlantı*, kırık link*, ölü link*
index: indeks*, dizin*
migration: migrasyon*, migration*
applied: uygulan*, çalıştırıl*
plan: planı, plan
team: ekip*, takım*
notify: bilgilendir*, haber veril*, duyur*
ready: hazır, hazırland*
encrypted: şifrelen*, şifreli
compression: sıkıştırma*
cache: önbellek*
static files: statik dosya*
scheduled jobs: zamanlanmış görev*, zamanlanmış iş*
queue: kuyruk*
monitoring: izleme*, izlen*
alert: uyarı*, alarm*
payment: ödeme*
webhook signature: webhook imza*
permission: yetki*, izin*
least privilege: en az yetki*, minimum yetki*
upload size limit: dosya boyutu sınır*, yükleme sınır*
production: üretim, canlı ortam*
password: şifre*, parola*
the: ortam*, sistem*, uygulama*, servis*, proje*, kullanıcı*, yeni, mevcut, otomatik, başarılı, başarıyla, eklen*, kurul*, doğrulan*, tamam
rejected: reddedil*, engellen*
removed: silin*, kaldırıl*
`;
