/** What is run, watched and tried, in Chinese, Japanese, Korean, Vietnamese and Indonesian, by the English words. */
export const ASIAN_OPERATIONS = `
uptime: 正常运行时间, 在线时间, アップタイム, 稼働時間
uptime monitoring: 正常运行时间监控, 正常运行监控, 存活监控, 拨测, 服务可用性监控, 宕机监控, アップタイム監視, アップタイムモニタリング, 稼働監視, サービス監視, サイト監視, ヘルス監視
connection string: 连接串, 연결 문자열
database connection string: 数据库连接字符串, 数据库连接串
database permissions: 数据库权限, 数据库访问权限, データベース権限, db権限, quyền truy cập database, hak akses database
smoke test: 冒烟, 冒烟验证, 冒烟检查, スモーク, 動作確認テスト, 스모크, kiểm tra nhanh
critical: 严重, 高危, 致命, 重大, 重大な, 深刻, 深刻な, 致命的, 致命的な, クリティカル, 심각한, 치명적
stack trace: 堆栈, 堆栈信息, 堆栈跟踪, 错误堆栈, 异常堆栈, スタックトレース, 스택 트레이스
score: 评分, 得分, 分数, スコア, 点数, 점수
resources: 资源, リソース, 리소스, 자원
channel: 渠道, 通道, 채널
recipients: 接收人, 通知人, 收件人, 通知先, 送信先, 宛先
dedicated: 独立, 专用
not: 非, 勿, 아님
failure: 失败
start: 启动成功
restarts automatically after crash: 崩溃后自动重启, 异常后自动重启
order flow: 下单流程, 订单流程, 注文フロー, 購入フロー
payment flow: 支付流程, 付款流程, 结算流程, 決済フロー
registration flow: 注册流程
login flow: 登录流程, ログインフロー, alur login
core flow: 核心流程, 主流程, 关键流程, 业务流程, 核心业务流程, 主要流程
end-to-end flow: 全流程, 端到端流程, 完整流程
core features: 核心功能, 主要功能, 关键功能, 基本功能, 主要機能, 基本機能, 重要機能, コア機能, 핵심 기능, 주요 기능
dashboard: 仪表板, 控制台, 数据面板
typescript compilation: typescript编译, typescript 编译
third-party api: 第三方接口
reachable: 连通性, 可达, 网络连通, 疎通, 到達可能
event: 事件, 이벤트
dead letter queue: 死信
pending: 未处理, 挂起
destructive: 破坏性, 破坏性的, 破壊的, 破壊的な
backward compatible: 向后兼容, 兼容旧版本, 後方互換, 後方互換性
storage: 存储, 对象存储
bucket: 桶
email: 电子邮件, 電子メール
send email: 发送邮件, 邮件发送, 发信, 邮件发送功能
cross-site: 跨站
attack: 攻击, 攻撃
brute force: 暴力攻击, 総当たり攻撃, 무차별 대입
salt: 加盐
privilege escalation: 越权, 越权访问, 水平越权, 垂直越权
least privilege: 最小化权限, 最低权限, 権限が最小限, 権限は最小限, 最小権限の原則
public network: 公网, 外网, 互联网
exposed to the internet: 对公网开放, 暴露到公网, 暴露在公网, 对外网开放, 暴露公网
internal network only: 仅内网, 仅限内网, 内网访问, 只允许内网
only localhost: 仅本地, 仅本机, 仅监听本地
system time: 系统时间, 服务器时间
time sync: 时间同步, 时区同步
swap: 交换分区, 虚拟内存, スワップ
static page: 静态页面
sitemap: 网站地图
analytics: 统计代码, 数据统计
icon: 图标
certificate chain: 证书链, 证书链完整
renew: 续费
wildcard: 泛域名
dns record: dns解析, dns 解析, 域名解析记录
points to server: 解析到服务器, 解析到服务器ip
bandwidth: 带宽
concurrent users: 并发, 高并发, 并发数
load test: 压测, 性能压测, 부하테스트, 스트레스 테스트
execution plan: 执行计划
missing: 缺失, 缺少, 遗漏
table: 数据库表
schema: 表结构, 数据库表结构
seed data: 初始数据, 种子数据, 基础数据, 初期データ投入, マスタデータ, マスターデータ
transaction: 事务, トランザクション
isolated: 隔离
tenant: 多租户
tenant isolation: 租户隔离, 数据隔离, 多租户隔离
directory listing: 目录遍历, 目录列表, 目录浏览
lock: 锁定, ロック, アカウントロック, 잠금
locked: 已锁定, 锁定版本
dependency: 第三方库, 第三方依赖
vulnerability scan: 漏洞扫描
security scan: 安全扫描
release tag: 版本标签
image tag: 镜像版本
rolling update: 滚动更新, 滚动发布
canary: 灰度, 灰度发布, 金丝雀, 金丝雀发布
blue-green: 蓝绿, 蓝绿部署
off-site backup: 异地备份, 备份异地存储, 备份存储到异地, 远程备份
backup retention: 备份保留期, バックアップ保持期間, 世代管理
data export: 数据导出, データエクスポート
account deletion: 账户注销
logged: 记录到日志
request log: 访问日志
audit log: 审计日志, 操作日志, 監査ログ
error log: 异常日志
centralized logging: 集中日志, 日志收集, 日志采集, 日志集中
on-call: 值班表, 值班安排, オンコール
customer service: 客服
announcement: 公告, 上线公告
acceptance: 验收
alert recipients: アラート通知先, アラートの通知先, 通知の宛先
mode: モード
live mode: 本番モード, ライブモード
production key: 本番apiキー, 本番用apiキー, 운영 키, 실서비스 키
not shown: 表示されない, 表示されていない, 表示しない, 露出していない, 見えない
not exposed: 公開されていない, 外部に公開されていない, 露出しない
not accessible: アクセス不可, 閲覧できない, 見られない
not contained: 含まれない, 含めない
unauthenticated users: 未認証ユーザー, 未認証, 未ログイン
other users' data: 他のユーザーのデータ, 他ユーザーのデータ, 他人のデータ
other users: 他のユーザー, 他ユーザー, 他人
own data: 自分のデータ, 自分のデータのみ
process: プロセス, quy trình
when it crashes: 落ちたとき, 落ちた時, 落ちた場合, クラッシュしたとき, 異常終了したとき
restarts automatically: 自動的に再起動
register: 登録, 등록
registered: 登録されている, 登録済み
feature: 機能, fitur
flow: フロー, 導線, 一連の流れ, 流れ, 흐름, 플로우, alur, alur kerja
complete flow: 一連のフロー, 全フロー
purchase: 購入
signup flow: 会員登録フロー, 회원가입 플로우, 가입 플로우, alur registrasi, alur pendaftaran
written directly: 直接記述, 直接書かれて, 直接記載
hardcoded: 埋め込み, 埋め込まれて, 하드 코딩
secret: シークレット情報
destructive change: 破壊的変更, 破壊的な変更
file upload validated: ファイルアップロード検証, アップロードファイルの検証
input validation: 入力検証, 入力値の検証, 입력값 유효성, 입력 유효성
sanitized: サニタイズ, 無害化
authorization: 権限チェック, 権限制御, アクセス制御, アクセス権限
expiry: 失効
domain: カスタムドメイン, 本番ドメイン
certificate: ssl証明書, tls証明書
self-signed: 自己署名, オレオレ証明書
bundle size: バンドルサイズ
code splitting: コード分割
lazy loading: 遅延読み込み, 遅延ロード
load: ロード, tải, tải trang
load time: ロード時間, ページ読み込み時間, ページの読み込み
response time: レスポンス時間, レスポンス速度, api応答時間
log collection: ログ収集, ログ集約
daily: 毎日, 日次
point-in-time recovery: ポイントインタイムリカバリ, 特定時点復旧
versioning: バージョニング
public: パブリック
private: プライベート, 非公開
only from localhost: ローカルホストのみ
external: 外部
internet: インターネット
time synchronization: 時刻同期
healthy: ヘルシー, 正常状態
starts: 起動する, 起動
application starts: アプリケーションが起動, アプリが起動, アプリケーションの起動
command: コマンド
tag: タグ付け
version: バージョン番号
pinned: 固定, 固定されている
dependency versions locked: 依存関係のバージョン固定, 依存バージョンを固定
consistency: 整合性
console log: コンソールログ
canonical: カノニカル, canonicalタグ
alt text: alt属性
heading: 見出し
keyboard: キーボード操作
contrast: コントラスト
screen reader: スクリーンリーダー
notation: 表記
legal notice: 特定商取引法に基づく表記, 特定商取引法, 特商法, 特商法表記
email delivery: メール送信, メール送受信
send test email: テストメール送信
webhook signature verified: webhookの署名検証, webhook署名の検証, 署名を検証
duplicate requests: 二重送信, 二重決済
contact list: 緊急連絡先, 連絡先, 連絡体制
plan: 計画書
estimate: 見積もり
review: コードレビュー
used: 사용, dùng
development: 개발
development key: 개발 키, 개발용 키
add: 추가
required: 필수
optional: 선택, 선택사항
check: 검사
result: 결과
possible: 가능
sensitive: 기밀
type check: 타입 체크, 타입 검사, 타입 에러, 타입 오류
unit tests: 단위테스트
restore test: 백업 복구 테스트, kiểm tra khôi phục, thử khôi phục
rollback: 되돌리기, quay lui, hoàn tác
security group: 보안 그룹
subdomain: 하위 도메인
log: 로그 기록
scheduled jobs: 예약된 작업, 스케줄 작업, 배치 작업, 배치
queue: 메시지 큐
cdn: 콘텐츠 전송 네트워크
rate limit: 레이트 리밋, 레이트 리미팅, 요청 속도 제한, 호출 제한, giới hạn số lượng request, giới hạn truy cập
session: 세션 관리
notification channel: 알림 채널
recipient: 수신자
restart: 재기동
status: 상태
server: 호스트
production: môi trường production, môi trường sản xuất
application: ứng dụng
do not use: không dùng
absolutely: tuyệt đối
access: truy cập, quyền truy cập
permission: quyền
limited permissions: hạn chế quyền, giới hạn quyền
restrict: hạn chế, batasi, membatasi
based on: dựa trên
error rate: tỉ lệ lỗi
rate: tỉ lệ, tỷ lệ
latency: độ trễ
fast: nhanh, cepat
features: tính năng, chức năng
main: chính
right after: ngay sau khi
reduce: giảm
avoid: tránh
leak: lộ, rò rỉ, bocor
junk: rác
run: khởi chạy
manage: quản lý
system: hệ thống
enabled: kích hoạt, mengaktifkan
disabled: vô hiệu hóa, matikan, dimatikan, menonaktifkan, nonaktifkan
signup: đăng ký
works: hoạt động tốt
without errors: không báo lỗi
build: đóng gói
send: gửi
team: đội ngũ
upload: tải file lên
access rights: hak akses
resource: sumber daya
main feature: fitur utama
sensitive data: data rahasia
not leaked: tidak bocor
crash: mati
backup: pencadangan, cadangkan
restore: pulihkan, memulihkan
close: tutup, menutup
open: buka
visible: terlihat
save: simpan, disimpan
encrypted: dienkripsi
slow: lambat
active: aktif
size: besar
output: 输出, 输出结果, 出力結果
the: 本次, 此次, 每种, 各种, 对应, 对应的, 相应, 相应的, 以及, 如有, 若有, 若, 按照, 按, 根据, 期间, 之前, 之后, 随, 方式, 一次, 一条, 一份, 名称, 数量, 若干
syntax error: 语法错误, 无语法错误
registered: 登记
sandbox: 沙箱, 沙盒
checkout: 结算, 结账
list: 列表
archive: 归档
fill in: 填入
sign in: 登入
test the connection: 测试连通性
permission check: 权限验证, 权限校验, 权限检查
detail: 详情
task: 任务
start script: 启动脚本
cannot access: 无法访问, 不能访问, 不可访问, アクセスできない
dmarc: dmarc 记录, dmarc记录, dmarcレコード
dkim: dkim 记录, dkim记录, dkimレコード
spf: spf 记录, spf记录
image upload works: 图片上传功能正常, 图片上传功能可用, 头像上传正常, 图片可以上传
file upload works: 文件上传功能可用, 文件可以上传
can only access their own data: 只能访问自己的数据, 仅能访问自己的数据, 只能访问自己数据, 自分のデータのみアクセス, 自分のデータにのみアクセスできる
can only see their own data: 只能查看自己的数据, 只能看到自己的数据, 自分のデータしか見えない, 自分のデータのみ閲覧
all code committed to main branch: 所有代码已合并到主分支, 代码已合并到主分支, 所有代码已合并到主干, ブランチにマージ済み
production keys: 生产环境 api 密钥, 生产环境密钥, 生产密钥, 正式环境密钥, 本番用のapiキー, 本番用のキー, 本番のapiキー
switched: 切り替え, 切り替え済み, 切替, 切替済み
backups stored off-site: 备份文件存储到异地, 备份文件存储在异地, 备份存储在异地, 备份文件异地存储
root login disabled: 禁止 root 登录, 禁止 root 远程登录, 禁用 root 远程登录, root ログインを禁止, root ログインの禁止
operating system patches applied: 系统补丁已更新, 系统补丁已安装, 系统补丁已打
error alerts: 异常告警, 错误告警, 异常报警, 错误报警, エラーアラート
alert received: 通知が届く, 通知が来る, アラートが届く, アラート通知が届く
bundle size: 打包体积, 包体积, 前端打包体积, 前端包体积, 构建体积
payment gateway: 支付网关
gateway: 网关, ゲートウェイ
end-to-end flow works: 端到端流程验证通过, 全流程验证通过, 全流程测试通过, 端到端流程测试通过, 全流程走通
migration script: 数据库脚本, 数据库变更脚本, sql脚本, sql 脚本
the: 达到, 一連の, 発生, 発生時, 发生, 으로, 에서, 까지, 부터, sang, với
third-party service: 外部サービス, 外部サービスとの
third-party api: 外部api, 外部 api, 外部apiとの
connection verified: 疎通確認, 接続確認
only admins: 管理者以外は, 管理者以外, 非管理员
redirected to https: diarahkan ke https
open: membuka
flow: luồng
`;
