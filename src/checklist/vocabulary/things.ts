/** What lists speak of, in many languages by the English words; "*" stands for any ending. */
export const THINGS = `
code: código, códigos, codice, kodu, kodun, kodlar*, コード
code committed: código commitead*, código comitead*, código commitad*, código comitad*, code commité*, code committé*
repository: repositóri*, repositorio*, kod deposu, depoya, репозитори*, 仓库, 代码仓库, 代码库, リポジトリ, 저장소
sensitive files: archivos sensibles, arquivos sensíveis, fichiers sensibles, sensible dateien, file sensibili, hassas dosya*, 敏感文件, 機密ファイル
file: archivo*, arquivo*, fichier*, datei, dateien, dosya*, файл*, ファイル
data: datos, dados, données, daten, dati, veri, verile*, данны*, 数据, データ, 데이터
old url: alte urls, alten urls, alte links, alter urls, anciennes url, anciennes urls, anciens liens, urls antiguas, url antiguas, enlaces antiguos, urls antigas, links antigos, vecchi url, vecchi link, oude urls, gamla url, старые url, старых url, старые ссылки, eski url, eski bağlantılar, 旧链接, 旧网址, 旧url, 古いurl, 旧ページ
github secret: secrets no github, secrets en github, secrets dans github, secrets su github, secrets bei github, secrets github, secretos en github, secretos de github, secretos github, segredos no github, segredos do github, секрет* в github, секрет* github, github 密钥, githubシークレット, github 시크릿
lawyer: anwalt*, anwält*, rechtsanwalt*, avocat*, abogad*, advogad*, avvocat*, юрист*, адвокат*, avukat*, jurist*, prawnik*, advoca*, 律师, 法务, 弁護士, 변호사
user data: nutzerdaten, benutzerdaten, ihre daten, eigenen daten, datos de usuario, datos de usuarios, datos del usuario, sus datos, sus propios datos, données utilisateur, données utilisateurs, données des utilisateurs, leurs données, ses données, leurs propres données, dados do usuário, dados de usuários, dados dos usuários, seus dados, seus próprios dados, dati utente, dati degli utenti, propri dati, loro dati, kullanıcı verileri, kendi verileri, verilerini, данные пользовател*, данных пользовател*, свои данные, своих данных, 用户数据, 自己的数据, 个人的数据, ユーザーデータ, 自分のデータ, 사용자 데이터
test data: datos de prueba, dados de teste, données de test, testdaten, dati di test, test verile*, тестовы* данны*, 测试数据, テストデータ
session: sesión, sesiones, sessão, sessões, sessione, sessioni, sitzung*, oturum*, сесси*, 会话, セッション
token: belirteç*, токен*, 令牌, トークン
variable: variáve*, variabil*, değişken*, переменн*, 变量, 変数
character: caracteres, carácter*, caractères, caratteri, karakter*, символ*, 字符, 文字
unique: único, única, únicos, únicas, unique*, unico, unica, eindeutig*, einzigartig*, benzersiz*, уникальн*, 唯一, 一意, ユニーク
strong: сильн*, надёжн*, 强密码, 强口令, 強力な, 強固な, 推測されにくい, sterk*, siln*
dns record: registro dns, registros dns, registro a, registros a, enregistrement dns, enregistrements dns, enregistrement a, record dns, dns kayıt*, dns kaydı, dns kayıtları, dns запис*, dns-запис*, a-запис*, dns记录, 解析记录, 域名记录, dnsレコード, aレコード
record: registro cname, registro txt, enregistrement*, eintrag, einträge, kaydı, kayıtları, запись, записи, レコード
resolves: resuelve*, résou*, aufgelöst*, çözümlen*, резолв*, 解析, 解析成功, 解析到
propagated: propagad*, propagación, propagação, propagé*, propagat*, propagiert*, yayıldı, распростран*, 已生效, 浸透
points to: apuntad*, apunta, apuntan, aponta, apontam, apontando, apontad*, pointant, pointe, pointent, zeigt, zeigen, puntato, yönlendirilmiş, указывает на, указывают на, указывает, 指している, 向いている, 指す
domain: domini, dominio, alan adı, домен*, 域名, ドメイン, 도메인
server: sunucu*, сервер*, サーバー, サーバ, 서버
frontend: önyüz*, ön yüz*, фронтенд*, фронт, 前端, フロントエンド
backend: arka uç, бэкенд*, бекенд*, 后端, バックエンド
build: compilación, derleme*, derlen*, сборк*, собран*, собирает*, 构建, 编译, 打包, ビルド, 빌드
dependency: bağımlılık*, dipendenz*, 依赖, 依赖项, 依存関係, 의존성
version locked: versiones fijadas, versões fixadas, versions figées, versionen fixiert, 版本锁定, 版本已锁定, 锁定版本
deploy: dağıtım*, yayına al*, canlıya al*, деплой*, развертыван*, развёртыван*, релиз*, 部署, 发布, 배포
security: безопасност*, 安全, セキュリティ, 보안
header: başlık*, заголов*, 响应头, 请求头, ヘッダー, ヘッダ
login: giriş*, oturum açma, вход, входа, логин*, 登录, 登陆, ログイン, 로그인
authentication: autenticad*, kimlik doğrulama*, аутентификаци*, 认证, 身份认证, 身份验证, 認証, 인증
authorization: yetkilendirme*, авторизаци*, 授权, 权限, 認可, 権限
two-factor: doble factor, dois fatores, double authentification, zwei-faktor*, iki adımlı, двухфактор*, 双因素, 二要素, 二段階
endpoint: puntos de acceso, points de terminaison, point de terminaison, uç nokta*, эндпоинт*, エンドポイント
request: istek*, isteğ*, запрос*, 请求, リクエスト, 요청
load time: sayfa yüklenme, yüklenme süresi, yükleme süresi, врем* загрузки, tempo de carregamento, tempo di caricamento, temps de chargement, 加载时间, 页面加载时间, 読み込み時間
image: imagen, imágenes, imagem, imagens, immagini, bilder, görsel*, resimle*, изображени*, картин*, 图片, 画像
mobile: mobiles gerät, mobilgerät*, мобил*, móvil*, celular*, dispositivos móveis, мобильн*, 移动端, 手机, モバイル, スマホ
browser: navegador*, navigateur*, tarayıcı*, браузер*, 浏览器, ブラウザ
content: contenido*, conteúdo*, contenu*, inhalt*, içeri*, контент*, 内容, 文案, コンテンツ
analytics: analítica*, statistiken, аналитик*, 统计, 埋点, アクセス解析
support: soporte, suporte, destek*, поддержк*, 客服, 技术支持, サポート
contact: contacto*, contato*, contatti, kontakt*, ansprechpartner*, iletişim*, контакт*, 联系人, 联系方式, 連絡先
plan: план, плана, планы, planı, planları, 计划, 方案, 预案, 計画
procedure: процедур*, prosedür*, 手順
manual: guía*, guia*, guide*, anleitung*, handbuch*, kılavuz*, руководств*, 指南, ガイド
account: cuenta, cuentas, conta, contas, compte*, konto, konten, hesap*, hesab*, аккаунт*, учетн* запис*, учётн* запис*, アカウント
customer: cliente, clientes, kund*, müşteri*, клиент*, 客户, 顧客
cost: costo*, coste*, custo*, coût*, kosten, maliyet*, стоимост*, расход*, 费用, 成本, 費用, コスト
table: tabla, tablas, tabela, tabelas, tabelle*, tablo*, таблиц*, 数据表, 表结构, テーブル
retention: retención, retenção, rétention, conservación, aufbewahrung*, vorhalte*, saklama*, хранени*, 保留, 保留期, 保留天数, 保持期間, 保存期間, bewaartermijn*
public access: acceso público, acesso público, accès public, öffentlicher zugriff, публичн* доступ*, 公开访问, 公共访问, パブリックアクセス
bucket: бакет*, 存储桶, バケット
instance: instancia*, instância*, istanza, istanze, инстанс*, экземпляр*, 实例, インスタンス
cluster: кластер*, 集群, クラスター, クラスタ
timeout: tiempo de espera, tiempos de espera, tempo limite, délai d'attente, délais d'attente, zeitüberschreitung*, zeitlimit*, zaman aşım*, таймаут*, тайм-аут*, 超时, 超时时间, タイムアウト
encryption: criptografia, cifrado, şifreleme, шифровани*, 加密, 已加密, 暗号化
version: versión, versões, versão, versione, sürüm*, верси*, バージョン
script: betik*, скрипт*, 脚本, スクリプト
performance: rendimiento, desempenho, prestazion*, performans*, производительност*, 性能, パフォーマンス
coverage: cobertura, couverture, copertura, testabdeckung*, abdeckung*, test kapsam*, покрыти*, カバレッジ
error tracking: seguimiento de errores, monitoreo de errores, monitorización de errores, rastreo de errores, rastreamento de erros, monitoramento de erros, suivi des erreurs, suivi d'erreurs, surveillance des erreurs, monitoring des erreurs, monitoring d'erreurs, monitoraggio errori, monitoraggio degli errori, tracciamento errori, hata takip*, hata takibi, hata izleme*, отслеживани* ошибок, мониторинг ошибок, трекинг ошибок, エラー監視, エラートラッキング, エラー追跡
rate limit: limitation de débit, limitation des requêtes, limite de requêtes, limitação de requisições, limitazione richieste, istek sınırlama*, рейт-лимит*, лимитировани*, 速率限制, 请求限制, 访问限流, レートリミット
brute force: force brute, força bruta, forza bruta, kaba kuvvet*, брутфорс*, перебор* паролей, 总当たり, 総当たり, ブルートフォース
force: zorunlu*, принудительн*, обязательн*, 强制, 強制
live key: claves de producción, claves live, llaves de producción, clés live, clés de production, live-schlüssel, live-keys, produktivschlüssel*, chaves de produção, chaves live, chiavi live, chiavi di produzione, боев* ключ*, продакшн ключ*, live ключ*, live-ключ*, 生产密钥, 正式密钥, 本番キー, 本番用キー
test mode: modo de prueba, modo prueba, modo de teste, mode test, testmodus, modalità test, test modu*, тестов* режим*, 测试模式, テストモード
sitemap: mapa del sitio, mapa do site, plan du site, карт* сайта, site haritası, 站点地图, サイトマップ
dead link: enlaces muertos, links mortos
log level: nivel de registro, livello di log, log seviye*, günlük seviye*, уров* лог*, уров* логировани*, 日志级别, ログレベル
log: günlükler*, kayıt dosya*
migration: migrasyon*, migrações, migração, göç*
table created: tablas creadas, tabelas criadas, tables créées, tabellen angelegt, tablolar oluşturul*, таблицы создан*
permission: permiso*, permissão, berechtigung*, izin*, разрешени*, права, 权限设置
network: rede, réseau, netzwerk*, ağ, сет*, 网络, ネットワーク
admin: administrador*, administrateur*, administrator*, yönetici*, админ*, 管理员, 管理者
placeholder: marcador*, espaces réservés, platzhalter*, yer tutucu*, заглушк*, 占位符, プレースホルダー
staging: preproducción, pre-producción, homologação, préproduction, préprod, vorproduktion, тестовой среде, 预发布, 预发环境, 测试环境, ステージング, ステージング環境
production: productie, produkcj*, prodüksiyon*, 生产, 生产环境, 线上环境, 正式环境, 本番, 本番環境
notification: benachrichtigung*, notificación*, notificações, notificação, bildirim*, 通知
webhook: вебхук*, webhook'*
whole: vollständig*
right to be forgotten: derecho al olvido, direito ao esquecimento, diritto all'oblio, recht auf vergessenwerden, unutulma hakkı, право на забвение, 被遗忘权, 忘れられる権利
region: régions géographiques, región, regiones, região, regiões, région, regione, regioni, bölge*, регион*, 区域, 地域, リージョン
other: múltipl*, vario, varios, vário, vários, varias, várias, plusieurs, mehrere*, birden fazla, нескольк*, 多个, 其他, 複数
development: desarrollo, desenvolvimento, développement, sviluppo, entwicklung*, geliştirme*, разработк*, 开发, 开发环境, 開発, 開発環境
different: diferente*, différent*, unterschiedlich*, farklı, отлича*, 不同, 異なる
comment: comentario*, comentário*, commentaire*, kommentar*, yorum*, комментари*, 注释, コメント
matches: corresponde*, correspond*, coincid*, entspricht, entsprechen, eşleş*, соответству*, 一致
stored: almacenad*, armazenad*, stocké*, gespeichert*, memorizzat*, saklanıyor, saklanan, хранятся, хранится, хранить, 保存, 存储, 保存されている
displayed: mostrad*, mostra, exibid*, angezeigt*, mostrat*, gösteril*, показыва*, 显示
synchronized: sincronizad*, synchronisé*, synchronisiert*, sincronizzat*, senkronize*, синхронизирован*, 同步, 同期
real: echt*, gerçek, реальн*, 真实, 本物
access blocked: acceso bloqueado, acesso bloqueado, accès bloqué, zugriff gesperrt
copy: copia, cópia, copie, kopie, kopya*, копи*, 副本, コピー
off-site: fuera del sitio, otra ubicación, outro local, autre site, anderen ort, farklı konum*, другом месте, 异地, 异地备份, 遠隔地, 別リージョン
ssh key: clave ssh, claves ssh, llave ssh, llaves ssh, chave ssh, chaves ssh, clé ssh, clés ssh, ssh-schlüssel, chiave ssh, ssh anahtar*, ssh-ключ*, ключ* ssh, ssh密钥, ssh鍵
connection string: cadena de conexión, cadenas de conexión, string de conexão, chaîne de connexion, verbindungszeichenfolge*, stringa di connessione, bağlantı dizesi, bağlantı dizeleri, строк* подключения, 连接字符串, 数据库连接字符串, 接続文字列
in git: versionad*, versionné*, versioniert*, versionat*
contains: contien*, contém, contêm, contient, contiennent, enthäl*, içer*, содержит, содержат
error output: вывод* ошибок, salida de errores, affichage des erreurs, fehlerausgabe, exibição de erros, hata gösterimi, エラー表示, 错误输出
old: viejo*, vieja*, antigu*, ancien*, alten, eski, старых, старые, старый, 旧
url: direcciones, adressen, adresler*, адреса, адресов, адрес
form: formulario*, formulário*, formulaire*, formular*, moduli, форм, формы, формах, 表单, フォーム
not accessible: отсутствует доступ, нет доступа, sin acceso, sem acesso, pas d'accès, kein zugriff, erişim yok
nightly: nocturn*, noturn*, nächtlich*, chaque nuit, notturn*, ночной, ночные, gece, her gece, 每晚, 夜间, 毎晩, 夜間
off-site: fora do servidor, hors du serveur, auf einem anderen server, başka bir sunucu*, fuori dal server
database: la base, de la base
stored: guardad*, guardar, aufbewahrt*
health: sağlık, salute, saúde
endpoint: uç noktası, uç nokta, uç noktaları
required: pflicht*, obligatoir*, zorunlu, обязательн*, 必填, 必須
rotated: ротиру*, ротаци*
sent: enviad*, enviar, envoyé*, gesendet*, inviat*, gönderil*, отправля*, отправлен*, 发送, 送信
tested: se probó, se probaron, essayé*, ausprobiert*, probeweise, denendi, испытан*, 已演练, 演练过, 試した
clickjacking: 点击劫持, кликджекинг*, クリックジャッキング
redirect loop: bucle de redirección, bucles de redirección, bucle de redirecciones, bucles de redirecciones, loop de redirecionamento, loops de redirecionamento, boucle de redirection, boucles de redirection, weiterleitungsschleife*, umleitungsschleife*, redirect-schleife*, yönlendirme döngüsü, yönlendirme döngüleri, цикл* редирект*, цикл* перенаправлен*, циклическ* редирект*, циклическ* перенаправлен*, 重定向循环, 循环重定向, リダイレクトループ, リダイレクトのループ
infinite: infinit*, infini*, endlos*, sonsuz, бесконечн*, 无限, 無限
duplicate: duplicad*, dupliqué*, en double, doppelt*, yinelenen, mükerrer, tekrarlanan, дубл*, повторяющ*, 重复, 重複
mixed content: contenido mixto, conteúdo misto, contenu mixte, gemischte inhalte, смешанн* контент*, смешанн* содержим*, karışık içerik, 混合内容, 混在コンテンツ, 混合コンテンツ
http methods: http-методы, http-методов, методы http, métodos http, méthodes http, http-methoden, http metotları, http yöntemleri, http方法, http请求方法, httpメソッド
unnecessary: innecesari*, desnecessári*, inutiles, superflu*, unnötig*, nicht benötigte, gereksiz*, лишн*, ненужн*, 不必要, 不必要的, 不需要的, 多余的, 不要な
unused: no utilizadas, no utilizados, no usadas, não utilizad*, não usad*, inutilisé*, non utilisé*, ungenutzt*, nicht verwendete, unbenutzt*, kullanılmayan, неиспользуем*, 未使用, 未使用的, 未使用の, 不再使用的, 使われていない
request body size: 请求体大小, 请求体的大小, размер тела запроса, размер* тела запрос*, taille du corps, tamaño del cuerpo, tamanho do corpo, istek gövdesi boyutu, リクエストボディのサイズ, リクエストサイズ, リクエストボディサイズ
request body: cuerpo de la petición, cuerpo de la solicitud, corpo da requisição, corps de la requête, corps des requêtes, anfragekörper*, istek gövdesi, тел* запрос*, 请求体, リクエストボディ
request header size: размер заголовков, taille des en-têtes, tamaño de las cabeceras, tamanho dos cabeçalhos, istek başlığı boyutu, 请求头大小, リクエストヘッダーのサイズ, リクエストヘッダーサイズ, header-größe*
slow requests: requêtes lentes, peticiones lentas, solicitudes lentas, requisições lentas, langsame anfragen, yavaş istekler, медленн* запрос*, 慢请求, 遅いリクエスト
file type: tipo de archivo, tipos de archivo, tipo de arquivo, tipos de arquivo, type de fichier, types de fichier, types de fichiers, dateityp*, dateiformat*, dosya türü, dosya türleri, dosya tipi, тип* файл*, 文件类型, ファイルの種類, ファイル形式, ファイルタイプ
size: サイズ, 大小, boyutu
uploaded: yüklenen, subidos, hochgeladen*, загруженн*, загружаем*, アップロードできる
lifecycle rules: ライフサイクルルール, lebenszyklusregel*, lifecycle-regel*, reglas de ciclo de vida, regras de ciclo de vida, règles de cycle de vie, yaşam döngüsü kuralları, правил* жизненного цикла, 生命周期规则, 生命周期策略
lifecycle: ciclo de vida, cycle de vie, lebenszyklus*, yaşam döngüsü, жизненн* цикл*, 生命周期, ライフサイクル
idempotent: идемпотент*, 幂等, 幂等性, 具有幂等性, 冪等, べき等, 冪等性, idempotencia, idempotência, idempotenz*
signed url: url firmada, urls firmadas, url assinada, urls assinadas, url signée, urls signées, signierte urls, signierte url, imzalı url*, подписанн* url*, подписанн* ссылк*, 签名url, 签名链接, 预签名url, 署名付きurl
raw body: rohen body, rohe body, corps brut, cuerpo sin procesar, cuerpo crudo, corpo bruto, corpo cru, ham gövde, сыр* тел*, 原始请求体, 原始body, 生のリクエストボディ, 生のボディ
out of order: falscher reihenfolge, beliebiger reihenfolge, fuera de orden, cualquier orden, fora de ordem, qualquer ordem, dans le désordre, n'importe quel ordre, sırasız, yanlış sırada, произвольном порядке, любом порядке, 乱序, 顺序无关, 順不同
order: reihenfolge, l'ordre, sırası, порядк*, 顺序, 順序
timestamp: marca de tiempo, marcas de tiempo, horodatage*, zeitstempel*, zaman damgası, метк* времени, 时间戳, タイムスタンプ
quickly: rápidamente, rapidamente, rapidement, schnell, hızlıca, быстро, 快速, 尽快, すぐに
background jobs: tareas en segundo plano, trabajos en segundo plano, tâches en arrière-plan, tâches de fond, tarefas em segundo plano, jobs em segundo plano, hintergrundjob*, hintergrundaufgabe*, arka plan işleri, arka plan işi, arka plan görev*, фонов* задач*, фонов* задани*, 后台任务, 后台作业, バックグラウンドジョブ, 非同期ジョブ
background workers: 后台工作进程, 后台进程, 工作进程, ワーカープロセス
processed: procesad*, processad*, traité*, verarbeitet*, abgearbeitet*, обрабатыва*, обработан*, 処理され
jobs: trabajos, tâches, tarefas, trabajo
dead letter queue: cola de mensajes fallidos, fila de mensagens mortas, ölü mektup kuyruğu, 死信队列, デッドレターキュー
empty: vací*, vazi*, boş, пуст*, 为空, 空である
growing: crece, cresce, wächst, büyümüyor, büyüyor, растёт, растет, 增长, 増え続け
lost: perdid*, perdu*, verloren*, kaybol*, kaybed*, теря*, потерян*, 丢失, 失われない, 失われ
killed: öldürül*, убит*, 强制终止, 強制終了
crashes: çöktüğünde, çökerse, abstürzt, cae, plante
triggered: disparad*, déclench*, ausgelöst*, tetiklen*, сработал*, 触发, 已触发, 発報
received: recibid*, recebid*, reçu, reçue, reçues, empfangen*, angekommen*, alındı, получен, получено, получены, 收到, 确认收到, 受信
test alert: alerta de prueba, alertas de prueba, alerta de teste, alerte de test, testalarm*, test alarmı, test uyarısı, тестов* алерт*, тестов* оповещен*, 测试告警, 测试报警, テストアラート
availability monitored: verfügbarkeit wird überwacht, verfügbarkeit überwacht, disponibilidad monitorizada, disponibilidad supervisada, disponibilité surveillée, disponibilidade monitorada, доступность отслеживается, 可用性监控, 稼働監視, 死活監視
uptime: 可用性达到, 可用率, 稼働率
flag: bayrağı, bayrakları, флаг*, フラグ
attribute: 属性, attribut, attribute, atributo*, атрибут*
responses: respostas, respuestas, réponses, antworten, ответы, ответов, ответах, yanıtlar*, 响应, レスポンス
including: inclusive, incluso, y compris, einschließlich, в том числе, включая
encoding: кодировк*, codificación, codificação, encodage, zeichenkodierung*
prefix: präfix*, préfixe*, prefijo*, prefixo*, önek*, префикс*, 前缀, プレフィックス
limited: sınırlandır*
timeout: délai d'expiration, délais d'expiration
covers: couvre, couvrent, cubre, cubren, cobre, cobrem, deckt, umfasst, kapsıyor, покрывает, 覆盖, カバーしている
failure: 障害, 故障
test job: testjob*
request header size: tamanho dos cabeçalhos da requisição
repeated: повторн*, wiederholte*
delivery: доставк*
pods: podlar*, поды, подов
the: 付いている, が付いている, についている
unique: не повторяются, неповторяющ*, 都不相同, 各不相同, 互不相同, 不重复, 使い回していない
placeholder values: yer tutucu değer*, プレースホルダーの値, valores de ejemplo, valores de marcador, valeurs fictives, platzhalterwert*, 占位值
left: kalmadı, quedan, restam, restante, осталось, 残っていない
up to date: актуал*, al día, auf dem neuesten stand, 最新である, 最新の状態
read: читает, читаем*, okunan, gelesen*
directory: carpeta*, pasta, dossier, ordner, verzeichnis*, klasör*, папк*, каталог*, 目录, 文件夹, フォルダ, ディレクトリ
generates: genera, génère, gera, erzeugt
under: kleiner als, inférieur à, inférieure à, inférieurs à, menor que, menor de, inferior a, меньше, 小于, 未満
page weight: poids des pages, poids total des pages, poids de la page, peso de la página, peso de las páginas, peso da página, peso das páginas, seitengewicht, вес страниц*, sayfa boyutu, 页面体积, ページサイズ
weight: poids, gewicht, peso
outside: снаружи, извне, desde fuera, desde el exterior, de l'extérieur, dışarıdan, 从外部, 外部から
not accessible: недоступн*, inaccesible*, inacessív*, nicht erreichbar, nicht zugänglich, erişilemez, erişilemiyor, 无法通过网络访问, 无法通过公网访问, 无法从外部访问, 无法访问, 不可访问, アクセスできない
protected pages: korumalı sayfa*, páginas protegidas, pages protégées, geschützte seiten, защищенн* страниц*, 受保护的页面, 受保护页面, 保護されたページ
without login: oturum açmadan, giriş yapmadan, sin iniciar sesión, sem login, sans connexion, ohne anmeldung, ohne login, без входа, без авторизации, 未登录, 未ログイン, ログインなし
admin page: 管理画面, 管理后台, panel de administración, painel administrativo, painel de administração, yönetim paneli
origin: origen, origem, herkunft, オリジン, 来源
long-lived: de larga duración, larga duración, de longa duração, longa duração, longue durée, langlebig*, uzun süreli, 长期, 長期間
private files: archivos privados, arquivos privados, fichiers privés, private dateien, özel dosya*, приватн* файл*, 私有文件, 非公開ファイル
own files: sus propios archivos, propios archivos, seus próprios arquivos, próprios arquivos, propres fichiers, eigene dateien, kendi dosyaları, свои файлы, 自己的文件, 自分のファイル
upload and download: 上传和下载, 上传下载, アップロードとダウンロード, téléversement et téléchargement
download: 下载, ダウンロード, descargar, téléchargement*, herunterladen, скачивани*
point in time: punto en el tiempo, ponto no tempo, instant donné, point dans le temps, belirli bir an*, момент времени, 时间点, 任意时间点, 特定時点
failover: basculement, conmutación por error, umschaltung, yük devretme, 故障转移, 故障切换, フェイルオーバー
deployed version: ausgelieferte version, deployte version, versión desplegada, version déployée, versão implantada, versão publicada, yayınlanan sürüm, развёрнут* верси*, развернут* верси*, 已部署版本, 部署的版本, デプロイされたバージョン
visible: sichtbar, visível, görünür, görünüyor, 可见
not indexed: インデックスされない, nicht indexiert, no indexado, não indexado, non indexé, не индексиру*, 不被索引, 不被收录
content security policy: içerik güvenlik politikası, 内容安全策略, コンテンツセキュリティポリシー
csp: seguridad de contenido, seguridad de contenidos, seguridad del contenido, segurança de conteúdo, segurança do conteúdo, sécurité du contenu, sécurité de contenu, безопасности контента
valid syntax: gültige syntax, sintaxis válida, sintaxe válida, syntaxe valide, корректн* синтаксис*, geçerli sözdizimi, 语法正确
syntax: sintaxis, sintaxe, syntaxe, синтаксис*, sözdizimi, 语法, 構文
exceed: superan, supera, excede, exceden, dépasse, dépassent, überschreit*, aşmıyor, превыша*, 超过, 超え
cached: cachean, cacheado, cacheada, cacheados, gecacht*, zwischengespeichert*, önbelleğe, кэшируется, кэшируются, кешируется, кешируются, キャッシュされ
on-call: equipo de guardia, de guardia, de plantão, d'astreinte, bereitschaft*, nöbetçi, дежурн*, 值班, 当番
service down: caída del servicio, panne de service, servisin çökmesi
`;
