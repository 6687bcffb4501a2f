/** What lists speak of, in many languages by the English words; "*" stands for any ending. */
export const THINGS = `
code: código, códigos, codice, kodu, kodun, kodlar*, コード
code committed: código commitead*, código comitead*, código commitad*, código comitad*, code commité*, code committé*
repository: repositóri*, repositorio*, kod deposu, depoya, репозитори*, 仓库, 代码仓库, 代码库, リポジトリ, 저장소
sensitive files: archivos sensibles, arquivos sensíveis, fichiers sensibles, sensible dateien, file sensibili, hassas dosya*, 敏感文件, 機密ファイル
file: archivo*, arquivo*, fichier*, datei, dateien, dosya*, файл*, ファイル
data: datos, dados, données, daten, dati, veri, verile*, данны*, 数据, データ, 데이터
old url: alte urls, alten urls, alte links, alter urls, anciennes url, anciennes urls, anciens liens, urls antiguas, url antiguas, enlaces antiguos, urls antigas, links antigos, vecchi url, vecchi link, oude urls, gamla url, старые url, старых url, старые ссылки, eski url, eski bağlantılar, 旧链接, 旧网址, 旧url, 古いurl, 旧ページ
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
`;
