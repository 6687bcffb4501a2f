/** Turkish, by the English words; "*" stands for any ending. */
export const TURKISH = `
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
