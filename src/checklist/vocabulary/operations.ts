/** What lists say of attacks, machines, names, databases, sockets, calls and schedules, in many languages by the English words. */
export const OPERATIONS = `
user input: entradas del usuario, entrada de usuario, entradas do usuário, entrada do usuário, saisies utilisateur, saisies des utilisateurs, benutzereingab*, nutzereingab*, kullanıcı girdi*, пользовательск* ввод*, 用户输入, ユーザー入力, 入力値
escaped: escapan, escapad*, échappé*, échappées, экраниру*, 转义, エスケープ
field: campo, campos, champ, champs, feld, felder, 字段, フィールド, 入力欄
injection: inyección, inyecciones, injeção, injeções, enjeksiyon*, инъекци*, 注入, インジェクション
sql injection: inyección sql, inyecciones sql, injeção de sql, injeção sql, sql enjeksiyon*, sql-инъекци*, sql инъекци*, sql注入, sqlインジェクション
inject: inyectar, injetar, injecter, einschleus*, enjekte*, внедрить
prevented: evitar, evita, evitan, éviter, verhinder*, önlen*, предотвращ*, 防止, 防ぐ
allow: permite, permiten, permitem, permettent, permet
tenant: inquilino*, mandant*, kiracı*, арендатор*, тенант*, 租户, テナント
cannot access: erişemez, erişemiyor, erişilemez, no puede acceder, no pueden acceder, não acessa, não pode acessar, não consegue acessar, ne peut pas accéder, ne peuvent pas accéder, не может получить доступ, не имеет доступа, 无法访问, 不能访问, アクセスできない
cannot: できない, できないこと, 无法, 不能, не может, не могут, ne peut pas, ne peuvent pas, no puede, no pueden, não pode, não podem, não consegue, impossible de, lässt sich nicht, lassen sich nicht
someone else: başka bir kullanıcı*, başkasının, başkalarının, otro usuario, otros usuarios, otra persona, outro usuário, outros usuários, autre utilisateur, autres utilisateurs, anderer nutzer, anderen nutzers, anderer benutzer, другого пользователя, других пользователей, чуж*, 其他用户, 别人的, 他人, 他のユーザー
data: verisin*
bypass: eludir, evadir, saltar, saltan, saltarse, burlar, contornar, contournar, contourn*, umgehen, umgangen, atlatıl*, обойти, обход*, 绕过, 回避, バイパス
forged: falsificad*, falsifié*, gefälscht*, manipuliert*, sahte, поддельн*, 伪造, 偽造
header: en-tête*, cabecera*, encabezado*, cabeçalho*
machine: máquina*, maschine*, makine*, машин*, マシン
minimum: o superior, o posterior, ou supérieur, ou superior, ou plus récent, oder neuer, veya üstü, veya üzeri, и выше, не ниже, или новее, 或更高, 不低于, 及以上, 以上
encoder: codificador*, encodeur*, kodlayıcı*, кодировщик*, кодер*, 编码器, エンコーダー, エンコーダ
codec: кодек*, 编解码器, コーデック
converts: convierte*, converte, convertit, konvertier*, dönüştür*, конверт*, 转换, 変換
generates: erzeugt, génère, genera, gera, oluşturuyor
orphaned dns: cname huérfano, cname huérfanos, cname órfão, cname órfãos, cname orphelin, cname orphelins, verwaiste cname*, verwaiste dns*, sahipsiz cname*, висячи* cname, 悬空 cname, 悬空的 cname
vulnerable: vulnerável, vulnerable*, vulnérable*, verwundbar*, anfällig*, уязвим*
spf record: registro spf, registros spf, enregistrement spf, spf kaydı, spf kayıtları, spf-eintrag, spf-запись, spf запись, spf 记录, spf 解析, spf レコード
dkim record: registro dkim, registros dkim, enregistrement dkim, dkim kaydı, dkim-eintrag, dkim-запись, dkim запись, dkim 记录, dkim レコード
dmarc record: registro dmarc, enregistrement dmarc, dmarc kaydı, dmarc-eintrag, dmarc-запись, dmarc запись, dmarc 记录, dmarc レコード
caa record: registro caa, registros caa, enregistrement caa, caa kaydı, caa-eintrag, caa-запись, caa запись, caa 记录, caa レコード
mx record: registro mx, registros mx, enregistrement mx, enregistrements mx, mx kaydı, mx kayıtları, mx-eintrag, mx-einträge, mx-запись, mx-записи, mx запись, mx 记录, mx レコード
ns record: registros ns, enregistrements ns, ns kayıtları, ns-einträge, ns-записи, ns 记录, ns レコード, ns-сервер*, ns сервер*
wildcard record: registro comodín, registro coringa, ワイルドカードレコード, 泛解析, 通配符解析
wildcard: comodín*, coringa, joker, подстановочн*, 通配符, ワイルドカード
certificate authority: autoridades certificadoras, autoridad certificadora, autoridades de certificación, autorités de certification, zertifizierungsstelle*, sertifika otorite*, удостоверяющ* центр*, 证书颁发机构, 認証局
published: publicad*, publié*, veröffentlicht*, yayınland*, yayımland*, опубликован*, 已发布, 公開済み
propagated: 在全球生效, 全球生效, 已全球生效, 全部生效
lowered: bajad*, reducid*, reduzid*, abaissé*, réduit*, gesenkt*, herabgesetzt*, verkürzt*, düşürül*, снижен*, уменьшен*, понижен*, 降低, 调低, 已降低, 下げ, 下げた, 短縮
before the switch: vor dem umzug, avant la bascule, avant la migration, antes del cambio, antes de la migración, antes da migração, taşımadan önce, перед переключением, перед миграцией, 切换前, 迁移前, 切り替え前, 移行前
at least two: au moins deux, al menos dos, pelo menos dois, pelo menos duas, mindestens zwei, en az iki, не менее двух, как минимум два, 至少两, 至少有两台, 至少两台, 2つ以上
authoritative dns server: 权威 dns, 权威dns, 権威dns
filtered: filtrad*, filtré*, gefiltert*, filtrelen*, фильтру*, отфильтрован*, 过滤, フィルタ
sensitive data: dados sensíveis, datos sensibles
event: eventos, événement*, ereignis*, событи*, イベント
stored: guarda, guardan
free memory: boş bellek, memoria libre, memória livre, mémoire libre, freier speicher, freier arbeitsspeicher, свободн* памят*, 可用内存, 空きメモリ
unprivileged: sin privilegios, sem privilégios, sans privilèges, ohne root-rechte, без привилегий, yetkisiz kullanıcı*, 非特权, 非 root, root 以外
file descriptor: descriptores de archivo, descritores de arquivo, descripteurs de fichiers, dateideskriptor*, dosya tanımlayıcı*, файлов* дескриптор*, 文件描述符, ファイルディスクリプタ
file descriptor limit: límite de archivos abiertos, limite de arquivos abertos, limite de fichiers ouverts, limit für offene dateien, açık dosya limiti, açık dosya sınırı, лимит* открытых файлов, 打开文件数, オープンファイル数
increased: aumentad*, augmenté*, erhöht*, artırıl*, увеличен*, повышен*, 调高, 已调高, 提高, 引き上げ, 引き上げられている
pending: pendiente*, pendente*, en attente, ausstehend*, bekleyen, 待处理, 待执行, 保留中
restart: reinicio*, reinício*, reiniciar, redémarrage*, yeniden başlatma, перезагрузк*, перезапуск*, 重启, 再起動
starts on boot: arranca solo, arrancan solos, arrancan automáticamente, arranca automáticamente, sobe automaticamente, inicia automaticamente, iniciam automaticamente, démarre automatiquement, démarrent automatiquement, startet automatisch, starten automatisch, otomatik başlar, otomatik başlıyor, запускается автоматически, запускаются автоматически, 自动启动, 开机自启, 开机启动, 自動起動
after: tras, después de, depois de, après, danach, sonra, после, 之后
unused: неиспользуем*, no utilizad*, sin usar, não utilizad*, inutilisé*, unbenutzt*, ungenutzt*, nicht genutzt*, kullanılmayan, 未使用, 使われていない
clock: reloj*, relógio*, horloge*, systemuhr*, uhrzeit*, saati, sistem saati, часы, 时钟, 時計, 時刻
synchronized: eşitlen*, синхронизиру*, 时间同步, 時刻同期
accessible: abrufbar*, erreichbar*
discovery: découverte
oidc keys: clés jwks, claves jwks, chaves jwks, jwks-schlüssel
algorithm: algoritmo*, algorithme*, algorithmus, algoritma*, алгоритм*, 算法, アルゴリズム
verified: проверяются, проверяется, se verifica, se verifican, é verificad*, wird geprüft, werden geprüft
token: токен, токена, токены, токенов, токену, jeton, jetons
data processors: encargados del tratamiento, encargado del tratamiento, operadores de dados, sous-traitant*, auftragsverarbeiter*, veri işleyen*, обработчик* данных, 数据处理者, 委託先
listed: enumera, enumeran, listée, listés, listées, mentionné*, aufgeführt*, genannt*, listelen*, перечислен*, 列出, 記載
before consent: 同意之前, 同意前, vor einwilligung, vor der einwilligung, ohne einwilligung, vor zustimmung, ohne zustimmung, avant consentement, avant le consentement, sans consentement, antes del consentimiento, sin consentimiento, antes do consentimento, sem consentimento, onaydan önce, onay öncesi, до согласия, без согласия
tracking script: 跟踪脚本, 追踪脚本, トラッキング, scripts de seguimiento, scripts de rastreamento, scripts de suivi, traceurs, takip kodu, takip kodları
consent: consentement*, consentimiento*, consentimento*, einwilligung*, согласи*, 同意
data export: exportar sus datos, exportar seus dados, exporter ses données, verilerini dışa aktar*, データをエクスポート, 导出数据, 导出自己的数据, экспорт* данных, выгруз* данных
export: dışa aktar*, エクスポート, 导出, экспорт*, выгруз*
after the retention period: plazo de retención, plazo de conservación, prazo de retenção, délai de conservation, durée de conservation, aufbewahrungsfrist*, saklama süresi, срок хранения, срока хранения, 保留期限, 保存期間
personal data: dados pessoais, datos personales, kişisel veri*, персональн* данн*, 个人数据, 個人データ, 個人情報
provider: proveedor*, provedor*, fournisseur*, anbieter*, sağlayıcı*, провайдер*, 提供商, プロバイダ, プロバイダー
registered: registrad*, enregistré*, registriert*, kayıtlı, зарегистрирован*, 已注册
redirect url: url de redirection, urls de redirection, url de redirección, url de redirecionamento, redirect-uri*, redirect-url*, weiterleitungs-url*, yönlendirme adresi, 回调地址, コールバックurl
leads to the provider: ведёт на страницу провайдера, führt zum anbieter, mène au fournisseur
exact: exata, exatamente, exacta, exactamente, exacte, exakt*, 精确, 完全一致
connects: bağlanabiliyor, bağlanıyor, se conecta, se connecte, подключается, 能连接, 可以连接, 接続できる
least privilege: permisos mínimos, permissões mínimas, privilégios mínimos, privilegios mínimos, droits minimaux, minimale rechte, minimalen rechten, minimum yetki*, минимальн* прав*, минимальные привилегии, 最小权限, 最小権限
has: tiene, tienen, имеет
revoked: отозван*, revocad*, revogad*, révoqué*, entzogen*, 撤销, 已撤销, 取り消し
create privilege: право create, create 权限
schema: esquema*, схем*, şema*
below: inférieur*, menor que, kleiner als, меньше, 小于, 未満
sum: summe, somme, сумма, 合計
pool size: taille des pools, taille du pool, tamaño del pool, tamanho do pool, poolgröße*, размер пула, 连接池大小, プールサイズ
connections near the limit: 连接数未接近上限, 连接数接近上限
spare: запас
free: libres, свободных, свободные, 空闲
row: filas, linhas, lignes, zeile, zeilen, satırlar*, строки
see: sehen, ven, veem, voient, görebil*, видят, видит
own: eigene*
rls on: rls açık, rls включен, rls включён
view: vistas, sichten, görünümler*, представления, 视图, ビュー
bypass rls: saltan rls, ignoran rls, contournent rls, contournent la rls, umgehen rls, обходят rls
function: 函数, funciones, funções, fonctions, funktionen, fonksiyon*, функци*, 関数
fixed: 固定, 固定的, фиксированн*
primary key: clave primaria, claves primarias, llave primaria, llaves primarias, chave primária, chaves primárias, clé primaire, clés primaires, primärschlüssel*, birincil anahtar*, первичн* ключ*, 主键, 主キー, プライマリキー
foreign key: llave foránea, llaves foráneas, clave foránea, claves foráneas, chave estrangeira, chaves estrangeiras, clé étrangère, clés étrangères, fremdschlüssel*, yabancı anahtar*, внешн* ключ*, 外键, 外部キー
indexed: indiziert*, indexad*, indexé*, indeksli, indekslen*, индексирован*, 建立索引
index: índice*, indeks, indeksler*, индекс*, 索引, インデックス
invalid: ungültig*, geçersiz, недействительн*, невалидн*, 无效的, 無効な
overflow: läuft über, läuft bald über, überlauf*, desbord*, transbord*, déborde*, taşma*, переполн*, 溢出, オーバーフロー
sequence: sequenz*, secuencia*, sequência*, последовательност*, シーケンス
sequence overflow: séquences ne sont pas proches de leur maximum
transaction id wraparound: 事务 id, 事务id, 回卷, wraparound идентификаторов транзакций
sequential scan: parcours séquentiel*, recorrido secuencial, recorridos secuenciales, varredura sequencial, varreduras sequenciais, sequentielle scans, 全表扫描, シーケンシャルスキャン
critical queries: requêtes critiques, requêtes fréquentes, consultas críticas, wichtige abfragen, kritische abfragen, kritik sorgular, критичные запросы, 关键查询, 主要なクエリ
use: nutzen, nutzt, utilizan, utilizam, utilisent
lock tables: 锁表, bloquean tablas, bloqueiam tabelas, verrouillent, sperren tabellen, блокируют таблицы, テーブルをロック
balance: bakiye*, saldo, saldos, solde, soldes, kontostand*, баланс*, 余额, 残高
ledger entries: hareketlerle, cari hareket*, 取引履歴, 流水, проводк*, buchungen, écritures comptables, movimientos contables, lançamentos
message: 消息, mensaje*, mensagem, mensagens, nachricht*, mesaj*, сообщени*, メッセージ
realtime: 实时, tiempo real, en tiempo real, tempo real, em tempo real, temps réel, en temps réel, echtzeit*, gerçek zamanlı*, в реальном времени, リアルタイム
participant: участник*, participante*, teilnehmer*, katılımcı*, 参加者
room: комнат*, sala, salas, salon, salons, räume, 房间, ルーム
delivered: доходят, доставля*, llegan, chegam, arrivent, kommen an, ulaşıyor, 收到, 能收到, 届く
concurrent connections: eşzamanlı bağlantı, eşzamanlı bağlantılar, conexiones simultáneas, conexões simultâneas, connexions simultanées, gleichzeitige verbindungen, gleichzeitiger verbindungen, одновременн* подключени*, одновременн* соединени*, 并发连接, 同時接続
concurrent: eşzamanlı, simultâne*, simultáne*, simultané*, gleichzeitig*, одновременн*, 并发
reconnect: wiederverbind*, verbinden sich wieder, verbinden sich neu, neu verbinden, reconecta*, reconexión, reconexão, reconnexion*, reconnectent, yeniden bağlan*, переподключ*, 重连, 断线重连, 再接続
clients reconnect: clients verbinden sich
interruption: abbruch*, verbindungsabbruch*, coupure*, caída, queda, kesinti*, обрыв*, 断开, 切断
persistence: kalıcılı*, persistencia, persistência, persistance, persistenz*, персистентн*, 持久化, 永続化
dangerous commands: gefährliche befehle, commandes dangereuses, comandos peligrosos, comandos perigosos, tehlikeli komut*, опасн* команд*, 危险命令, 危険なコマンド
cache keys: claves de caché, chaves do cache, chaves de cache, clés de cache, cache-schlüssel, önbellek anahtar*, ключи кеша, 缓存键, キャッシュキー
git history: git geçmişi, git geçmişinde, historial de git, histórico do git, historique git, git-historie, история git, истории git, git 历史, git 履歴
secret: gizli anahtar*, 秘密情報, 機密情報
lockfile: kilit dosya*, archivo de bloqueo, arquivo de lock, fichier de verrouillage, lock-datei*, ロックファイル, 锁文件
in the repository: depoda, im repository, dans le dépôt, en el repositorio, no repositório, в репозитории, 在仓库中
known packages: paquetes conocidos, pacotes conhecidos, paquets connus, bekannte pakete, известн* пакет*
install scripts: install-skripte, installationsskript*, scripts de instalación, scripts de instalação, scripts d'installation, 安装脚本, インストールスクリプト
workflow: iş akış*, flujo* de trabajo, fluxo* de trabalho, рабоч* процесс*, 工作流, ワークフロー
pinned: gepinnt*, fijadas por, fixadas por, épinglé*, angeheftet, sabitlen*, закреплен*, 固定到, ピン留め
automated tests: testes automatizados, pruebas automatizadas, tests automatisés
call: llamada*, chamada*, appel, appels, anruf*, görüşme*, звонок, звонк*, 通话, 通話
insufficient balance: 余额不足, saldo insuficiente, sin saldo, sem saldo, solde insuffisant, guthaben reicht nicht, ohne guthaben, yetersiz bakiye, без средств, недостаточно средств, 残高不足
no call: 无法发起通话, 不能通话, звонок не начинается
short: curta, corta, kurz, kurze, kısa, коротк*
lifetime: validade, validez, gültigkeit*, geçerlilik*, время жизни, 有效期, 有効期限
expires: caducan, caduca, expira, expiram, expirent, läuft ab, laufen ab, süresi dolar, истека*, 过期, 期限切れ
ended session: sesión terminada, sesión finalizada, sessão encerrada, sessão terminada, session terminée, beendete sitzung, ende der sitzung, biten oturum*, завершённ* сесси*, завершенн* сесси*, 会话结束, セッション終了
issued: délivré*, ausgestellt*, emitid*, veriliyor, verilmez, выда*, 签发, 発行, 発行されない
cannot get: alınamaz, alamaz
purchase flow: flujo de compra, fluxo de compra, parcours d'achat, kaufprozess, bestellprozess, satın alma akışı, процесс покупки, 购买流程, 購入フロー
on time: zamanında, a tiempo, à l'heure, pünktlich, вовремя, 按时, 時間通り
scheduled job: 定期ジョブ, 定期实行, 定期処理
overlap: überschneid*, überlapp*, chevauch*, solap*, superpon*, sobrepõ*, çakış*, пересека*, 重叠, 重複実行, 重なら
runs: läufe, cron-läufe, exécutions, ejecuciones, execuções
daylight saving time: cambio de hora, horario de verano, horário de verão, heure d'été, changement d'heure, sommerzeit*, zeitumstellung*, yaz saati, летнее время, перевод часов, 夏令时, サマータイム, 夏時間
third-party: 第三方, внешни*, externe api*, externen api*, de terceros, de terceiros, drittanbieter*, üçüncü taraf*, 外部
quota: kota*, cuota*, cota, cotas, kontingent*, квот*, 配额, クォータ
existing: var
invalid: inválid*, invalido*
nameserver: serveurs de noms, serveur de noms, servidores de nombres, servidor de nombres, servidores de nomes, nameserver*, alan adı sunucu*, серверы имён, серверы имен, 域名服务器, ネームサーバー
enough memory: mémoire suffisante, suficiente memoria, memória suficiente, ausreichend speicher, genügend arbeitsspeicher, 内存充足, メモリに余裕
memory: mémoire, memoria, memória
disk usage: disk doluluk oranı, disk doluluğu, festplattenauslastung, festplattenbelegung, espace disque utilisé, uso del disco, uso de disco, использование диска, заполнение диска, 磁盘使用率, ディスク使用率
erase account: exclusão de conta, excluir conta, excluir a conta, borrar la cuenta, eliminar la cuenta, konto löschen
hash: 哈希, 哈希方式, ハッシュ, ハッシュ化, hachage
view: aucune vue
statement timeout: 语句超时, ステートメントタイムアウト, tiempo máximo de consulta, timeout des requêtes, timeout de requête
eviction policy: política de expulsión, política de desalojo, política de remoção, politique d'éviction, verdrängungsstrategie, tahliye politikası, политика вытеснения, 淘汰策略, 削除ポリシー
known: conocid*, conhecid*, connus, bekannt*
unknown: desconocid*, desconhecid*, inconnu*, unbekannt*, bilinmeyen, неизвестн*, 未知
order process: bestellablauf*, bestellvorgang*, parcours de commande, proceso de compra, processo de compra
considered: berücksichtigt*
database: базе, базой
exhausted: ausgeschöpft*, épuisé*, agotad*, esgotad*, исчерпан*, 耗尽
create right removed: droit create retiré
boot: açılışta, beim booten, beim start, au démarrage, al arrancar, no boot, при загрузке, 开机时, 起動時
immediately: anında, sofort, immédiatement, inmediatamente, imediatamente, мгновенно, 立即, 即座に
error received: 能收到错误, 收到错误
write: schreiben, escribir, escrever
everybody: jedem, jeder, alle benutzer
`;
